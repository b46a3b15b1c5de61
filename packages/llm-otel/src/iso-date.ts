/** @returns the date, or `undefined` for what JavaScript accepts as well but nobody means, such as `5` and `2025-02-30` */
export function isoDate(text: string): Date | undefined {
  const date = new Date(text);
  const [day] = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(text) ?? [];
  const isDay = day !== undefined && new Date(day).toJSON()?.startsWith(day) === true;
  return isDay && !Number.isNaN(date.getTime()) ? date : undefined;
}
