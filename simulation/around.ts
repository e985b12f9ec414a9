/** Makes one call of a service, or answers in its place. */
export type Around<T> = <R>(method: Extract<keyof T, string>, call: () => Promise<R>) => Promise<R>;

/**
 * A service of which every call passes `around`: what the service learns to do later passes there too.
 * @param own methods that do so in a way of their own.
 */
export function passingAround<T extends object>(service: T, around: Around<T>, own: Partial<T> = {}): T {
  return new Proxy(service, {
    get(target, property) {
      const member: unknown = Reflect.get(own, property) ?? Reflect.get(target, property);
      if (typeof member !== "function" || !isMethod(target, property) || property in own) {
        return member;
      }
      return (...input: unknown[]) => around(property, () => Reflect.apply(member, target, input));
    },
  });
}

function isMethod<T extends object>(service: T, property: string | symbol): property is Extract<keyof T, string> {
  return typeof property === "string" && property in service;
}
