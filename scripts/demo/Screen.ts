import { styleText } from 'node:util';
import { StepFailed } from './StepFailed';

type Style = Parameters<typeof styleText>[0];

/** Tells the story on the terminal, in colours where it has them, and counts what held. */
export class Screen {
  private readonly startedAt = performance.now();

  private chapters = 0;

  private held = 0;

  private readonly colours = process.stdout.hasColors?.() === true;

  line(text: string): void {
    console.log(text);
  }

  chapter(title: string): void {
    this.chapters += 1;
    console.log(`\n${this.style('bold', `${this.chapters}. ${title}`)}`);
  }

  /** One exchange: what was asked, what came back, how long it took, and what is interesting in it. */
  exchange(asked: string, answer: number | string, ms: number, facts = ''): void {
    const colour = typeof answer === 'number' && answer >= 400 ? 'yellow' : 'cyan';
    const duration = `${ms.toFixed(0)} ms`.padStart(7);
    console.log(
      `   ${asked.padEnd(46)} ${this.style(colour, String(answer))} ${this.style('gray', duration)}  ${facts}`,
    );
  }

  /** States what must be true by now. @throws StepFailed */
  holds(statement: string, condition: boolean): void {
    if (!condition) throw new StepFailed(`This does not hold: ${statement}`);
    this.held += 1;
    console.log(`   ${this.style('green', '✓')} ${statement}`);
  }

  succeeded(): void {
    const seconds = ((performance.now() - this.startedAt) / 1000).toFixed(1);
    console.log(`\n${this.style('green', `All ${this.held} statements held, in ${seconds} s.`)}`);
  }

  failed(reason: string): void {
    console.log(`\n${this.style('red', `✗ ${reason}`)}\nThe demo ends here; ${this.held} statements held before.`);
  }

  private style(style: Style, text: string): string {
    return this.colours ? styleText(style, text) : text;
  }
}
