/**
 * The first of `count` changes with which the result is wrong, where applying them all is known to be: looks at the
 * results of the first n changes and halves what is left each time, so that 15 changes take 4 looks.
 * @param isRight whether the result of the first n changes is right; none of them is
 * @returns its index
 */
export async function firstWrong(count: number, isRight: (n: number) => Promise<boolean>): Promise<number> {
  let right = 0;
  let wrong = count;
  while (wrong - right > 1) {
    const middle = (right + wrong) >> 1;
    if (await isRight(middle)) right = middle;
    else wrong = middle;
  }
  return wrong - 1;
}
