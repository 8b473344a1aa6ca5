import { configurations } from '../../../../tests/support/configurations';

const { load, problems } = configurations();

describe('files', () => {
  const S3 = { STORAGE: 's3', AWS_S3_BUCKET: 'atrium-files' };

  it('lie in a bucket of Amazon’s, with the credentials that the SDK finds', () => {
    const amazon = { kind: 's3', bucket: 'atrium-files', region: 'us-east-1', forcePathStyle: false };
    expect(load(S3).storage).toEqual(amazon);
    expect(load({ ...S3, AWS_S3_REGION: 'eu-central-1', AWS_S3_FORCE_PATH_STYLE: 'true' }).storage).toEqual({
      ...amazon,
      region: 'eu-central-1',
      forcePathStyle: true,
    });
  });

  it('lie in a bucket of another server, with credentials of their own', () => {
    const other = { AWS_S3_ENDPOINT: 'https://s3.internal/', AWS_S3_ACCESS_KEY: 'key', AWS_S3_SECRET_KEY: 'secret' };
    expect(load({ ...S3, ...other }).storage).toEqual({
      kind: 's3',
      bucket: 'atrium-files',
      region: 'us-east-1',
      endpoint: 'https://s3.internal',
      forcePathStyle: true,
      credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    });
  });

  it.each<[string, Record<string, string>]>([
    ['AWS_S3_BUCKET', { STORAGE: 's3' }],
    ['AWS_S3_BUCKET', { ...S3, AWS_S3_BUCKET: 'Not/A/Bucket' }],
    ['AWS_S3_ENDPOINT', { ...S3, AWS_S3_ENDPOINT: 's3.internal' }],
    ['AWS_S3_ENDPOINT', { AWS_S3_ENDPOINT: 'https://s3.internal' }],
    ['AWS_S3_SECRET_KEY', { ...S3, AWS_S3_ACCESS_KEY: 'key' }],
    ['AWS_S3_SECRET_KEY', { ...S3, AWS_S3_SECRET_KEY: 'secret' }],
    ['STORAGE', { STORAGE: 'tape' }],
    ['STORAGE_QUOTA_BYTES', { STORAGE_QUOTA_BYTES: '0' }],
  ])('are refused for %s in %j', (variable, environment) => {
    expect(Object.keys(problems(environment))).toEqual([variable]);
  });
});
