import { expect } from "chai";
import fc from "fast-check";

/**
 * How many times as many cases as usual, and then new ones each time; without it, few and always the same ones: a change is
 * tested, not one's luck.
 */
const { FUZZING_TIMES } = process.env;
const USUAL_SEED = 20261130;

/** A failure prints seed and path; given back, they play that one case again. */
const { FUZZING_SEED, FUZZING_PATH } = process.env;

const NAMES_OF_PROTOTYPES = new Map(
  [Object.prototype, Array.prototype, Function.prototype].map((one) => [one, Object.getOwnPropertyNames(one).join()]),
);

function parameters(cases: number): fc.Parameters<unknown> {
  const isLong = FUZZING_TIMES !== undefined;
  return {
    numRuns: isLong ? cases * Number(FUZZING_TIMES) : cases,
    ...(isLong ? {} : { seed: USUAL_SEED }),
    ...(FUZZING_SEED === undefined ? {} : { seed: Number(FUZZING_SEED) }),
    ...(FUZZING_PATH === undefined ? {} : { path: FUZZING_PATH, endOnFailure: true }),
  };
}

/**
 * Holds a check against hostile input.
 * @param cases usual number of them; it keeps all fuzzing together below twenty seconds.
 */
export function fuzz<T>(input: fc.Arbitrary<T>, cases: number, check: (input: T) => void): void {
  const property = fc.property(input, (one) => {
    check(one);
    expectNothingPolluted();
  });
  fc.assert(property, parameters(cases));
}

/** The same for what is asynchronous. */
export async function fuzzAsync<T>(
  input: fc.Arbitrary<T>,
  cases: number,
  check: (input: T) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(input, async (one) => {
    await check(one);
    expectNothingPolluted();
  });
  await fc.assert(property, parameters(cases));
}

/** What all objects inherit is as it was: no key such as `__proto__` was believed. */
function expectNothingPolluted(): void {
  for (const [prototype, names] of NAMES_OF_PROTOTYPES) {
    if (Object.getOwnPropertyNames(prototype).join() !== names) {
      throw new Error("A prototype has changed");
    }
  }
}

/** Controls but for line feeds, line separators, direction marks, what has no width, halves of letters. */
const UNPRINTABLE = /[^\P{Cc}\n]|[\u00ad\u2028\u2029\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\p{Cs}/u;

/** Characters of a message that a person reads, and a service takes. */
const MOST_CHARACTERS = 8000;

/** A message is for people: it can be printed, and has an end. */
export function expectReadable(message: string, most = MOST_CHARACTERS): void {
  expect(UNPRINTABLE.exec(message)?.index, message.slice(0, 500)).to.equal(undefined);
  expect(message.length).to.be.at.most(most);
}

/** What a call gives, or the error that it throws, which has to be of the documented name. */
export function outcomeOf<T>(
  call: () => T,
  errorName: string,
  checkMessage: (message: string) => void = expectReadable,
): { readonly value: T } | { readonly error: Error } {
  try {
    return { value: call() };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== errorName) {
      throw error;
    }
    checkMessage(error.message);
    return { error };
  }
}
