/** A request's body: JSON, the fields of a form, or its text. */
export async function parseBody(contentType: string | undefined, body: Buffer): Promise<unknown> {
  if (contentType?.startsWith('multipart/form-data')) {
    const form = await new Response(body, { headers: { 'content-type': contentType } }).formData();
    return Object.fromEntries(
      [...form].map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
    );
  }
  const text = body.toString();
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
