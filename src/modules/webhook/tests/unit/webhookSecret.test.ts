import { Webhook as Verifier } from 'standardwebhooks';
import { newWebhookSecret, signedHeaders } from '../../domain/webhookSecret';

describe('The signature of a webhook', () => {
  const message = { id: 'event-1', at: new Date(), body: '{"type":"workspace.updated","name":"Ünïcode"}' };
  const [newer, older, strange] = [newWebhookSecret(), newWebhookSecret(), newWebhookSecret()];

  it('is the one that the official library makes', () => {
    const { id, at, body } = message;
    const headers = signedHeaders([newer], message);
    expect(headers['webhook-signature']).toBe(new Verifier(newer).sign(id, at, body));
  });

  it('is verified by either of two secrets, and by no other', () => {
    const headers = signedHeaders([newer, older], message);
    for (const secret of [newer, older]) {
      expect(new Verifier(secret).verify(message.body, headers)).toEqual(JSON.parse(message.body));
    }
    expect(() => new Verifier(strange).verify(message.body, headers)).toThrow('No matching signature');
    expect(() => new Verifier(newer).verify(`${message.body} `, headers)).toThrow('No matching signature');
  });

  it('holds for its time alone', () => {
    const headers = signedHeaders([newer], { ...message, at: new Date(message.at.getTime() - 301_000) });
    expect(() => new Verifier(newer).verify(message.body, headers)).toThrow('too old');
  });
});
