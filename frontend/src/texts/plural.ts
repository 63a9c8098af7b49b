/** English and German have two forms; "#" stands for the number. */
export function plural(count: number, one: string, other: string): string {
  return count === 1 ? one : other.replace('#', String(count));
}
