/** Whether a text looks like a list or a map. */
export function looksLikeJson(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === 0x5b || first === 0x7b;
}

/** @returns `undefined` if the text is not JSON, or longer than `maxLength` */
export function parseJson(text: string, maxLength: number): unknown {
  if (text.length > maxLength) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
