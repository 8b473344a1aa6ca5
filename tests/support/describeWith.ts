/** `describe` for what needs a program that not every machine has; says so where it is missing. */
export function describeWith(program: string, present: boolean, name: string, suite: () => void): void {
  if (present) {
    describe(name, suite);
    return;
  }
  process.stderr.write(`SKIPPED: ${name}: ${program} is not installed\n`);
  describe.skip(name, suite);
}
