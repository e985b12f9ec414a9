/**
 * Does the work for each item, a few at a time.
 * @param limit of how many are under way at once.
 * @returns the results in the order of the items.
 * @throws the first error, once nothing is under way any more; nothing is begun after it.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const left = [...items.entries()];
  const results: R[] = [];
  const errors: unknown[] = [];
  const worker = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [index, item] = next;
      try {
        results[index] = await work(item);
      } catch (error) {
        errors.push(error);
        left.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (errors.length > 0) {
    throw errors[0];
  }
  return results;
}
