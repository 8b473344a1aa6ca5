import { EmailDomain } from '../../domain/EmailDomain';
import { changedSettings } from '../../domain/WorkspaceSettings';

describe('The settings of a workspace', () => {
  const settings = { locale: 'de', limits: { maxMembers: 5 }, allowedEmailDomains: [EmailDomain('engines.example')] };

  it('keep what is not named', () => {
    expect(changedSettings(settings, { timezone: 'Europe/Berlin' })).toEqual({
      ...settings,
      timezone: 'Europe/Berlin',
    });
    expect(changedSettings(settings, {})).toEqual(settings);
  });

  it('are replaced one by one, each as a whole', () => {
    expect(changedSettings(settings, { limits: {}, allowedEmailDomains: [] })).toEqual({
      locale: 'de',
      limits: {},
      allowedEmailDomains: [],
    });
  });

  it('go back to their defaults by null', () => {
    const { locale } = settings;
    expect(changedSettings(settings, { limits: null, allowedEmailDomains: null })).toEqual({ locale });
    expect(changedSettings({}, { locale: null })).toEqual({});
  });
});
