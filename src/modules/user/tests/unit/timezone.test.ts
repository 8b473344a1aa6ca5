import { Timezone } from '../../domain/Timezone';

describe('Timezone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo'])('takes %s', (raw) => {
    expect(Timezone(raw)).toBe(raw);
  });

  it('knows one way to write a zone', () => {
    expect(Timezone('europe/BERLIN')).toBe('Europe/Berlin');
  });

  it.each(['Asia/Kolkata', 'Europe/Kyiv', 'America/Argentina/Buenos_Aires', 'Etc/UTC'])(
    'keeps the name that was chosen for a zone of several: %s',
    (raw) => {
      expect(Timezone(raw)).toBe(raw);
    },
  );

  it.each(['', 'Mars/Olympus', 'Europe/Berlin\n', 'Berlin', '../../etc/passwd', 'Europe/Berlin; DROP TABLE users'])(
    'refuses %j',
    (raw) => {
      expect(() => Timezone(raw)).toThrow(
        expect.objectContaining({
          code: 'VALIDATION_ERROR',
          details: { errors: [{ field: 'timezone', message: 'timezone must be an IANA time zone.' }] },
        }),
      );
    },
  );
});
