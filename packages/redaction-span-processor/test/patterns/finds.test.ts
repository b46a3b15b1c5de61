import { expect } from 'chai';
import { type BuiltInPattern, builtInPatterns } from '../../src/patterns/built-in-patterns.js';
import { all, scannerOf } from './support.js';

const token = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7';

/** Texts in which each pattern finds something; `·` marks the beginning and the end of the match. */
const found: Record<BuiltInPattern, readonly string[]> = {
  email: [
    'mail ·bob.smith+spam@example.co.uk·, please',
    '"to":"·bob@example.com·"',
    '/users?mail=·bob%40example.com·&page=2',
    'to ·jörg@münchen.de·.',
    '·root@db-1.internal·: denied',
    `from ·${'a'.repeat(64)}@example.com·`,
    '?next=%2Fa?mail=·bob%2540example.com·&x',
    '{"to":"·bob\\u0040example.com·"}',
    // What looks like a phone number or a token in the local part belongs to the address.
    'to ·bob.smith+20261130@example.com·, ·bob.4111111111111111.x@example.com· or ·bob%2B20261130%40example.com·',
  ],
  phone: [
    'call ·+49 170 1234567· now',
    'call ·+1 (212) 555-0123· now',
    'call ·+442079460958·.',
    'fax ·(212) 555-0123·, or ·212-555-0123·, or ·212.555.0123·, or ·1-800-555-0123·',
    'Tel. ·030/12345678·, ·020 7946 0958·, ·06-12345678· or ·01 23 45 67 89·',
    'from ·0049 170 1234567·',
    'Tel. ·(030) 12345678·, ·(02) 9876 5432·, ·(0211)123-456·, ·070-123 45 67· or ·06-12 34 56 78·',
    '{"text":"call\\n·030/12345678· or\\n·0049 170 1234567·"}, ?tel%3A·030-12345678·, ·020 7946 0958·x12',
    '?phone=·%2B491701234567·&x=1',
    '?phone=·%2B1%20415%20555%202671·&phone=·%2B1+%28415%29+555-2671·&x=1',
    'call ·+1–415–555–2671· or ·+1\u2009415\u2009555\u20092671· now',
    'both ·+14155552671·+·+14155552672·, or ·+14155552671··+14155552672·',
    'call ·011 44 20 7946 0958· or ·011-49-30-12345678·',
    'Tel. ·01.23.45.67.89·. {"tel":"·\\u002B4930123456·"} ?next=%3Fphone%3D·%252B491701234567·&x',
  ],
  iban: [
    'to ·DE89 3704 0044 0532 0130 00· EUR',
    '"iban":"·GB82WEST12345698765432·",',
    'from ·nl91abna0417164300·',
    'to ·DE89-3704-0044-0532-0130-00· or ·DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000·.',
    '?iban=·DE89%203704%200044%200532%200130%2000·&iban=·DE89+3704+0044+0532+0130+00·&x=1',
  ],
  'credit-card': [
    'card ·4111 1111 1111 1111·.',
    'cards ·5555-5555-5555-4444·, ·378282246310005· and ·3782 822463 10005·',
    '{"pan":"·6011111111111117·"}',
    'lines\\n·4111111111111111·\\n',
    '?pan=·4111+1111+1111+1111·&pan=·4111%201111%201111%201111·',
    'order 12 ·4111 1111 1111 1111· 99',
    'pan·4111111111111111·, cc·4111111111111111·, 1.·4111 1111 1111 1111·',
    'cards ·4111.1111.1111.1111·. ·3782.822463.10005· and ·4111\u20091111\u20091111\u20091111·',
  ],
  ssn: ['SSN ·123-45-6789·, or ·123 45 6789·'],
  ip: [
    'connect to ·192.168.0.1·:443',
    '{"peer":"from\\n·203.0.113.7·"} ?ip%3D·203.0.113.7·',
    'http://·10.0.0.1·/x from ·2001:db8::8a2e:370:7334·.',
    'peer [·fe80::1·] or ip:·2001:db8:0:0:0:0:0:1·',
    '?ip=·2001%3Adb8%3A%3A8a2e%3A7334·&x=%5B·fe80%3a%3a1·%5D%3A443&y=ip%3A·2001%3Adb8%3A0%3A0%3A0%3A0%3A0%3A1·',
    'peer ·fe80::abcd:ef· or ·fd00::a:b·',
  ],
  'api-key': [
    `key=·sk-ant-api03-${token}-${token}AA·`,
    `·sk-proj-${token}· ·sk-${token}· ·sk_live_${token}·`,
    `·AKIAIOSFODNN7EXAMPLE· ·AIzaSyA${token}${token.slice(0, 6)}·`,
    `·ghp_${token}${token}· ·github_pat_${token}_${token}· ·glpat-${token}·`,
    `·xoxb-123456789012-${token}· ·hf_${token}· ·gsk_${token}· ·npm_${token}${token}·`,
    `authorization: ·Bearer ${token}.${token}/x==·`,
    `·ghp_abcdefghijklmnopqrstuvwxyzabcdefghij· ·AKIAIOSFODNNQEXAMPLE· ·sk-abcdefghijklmnopqrstuvwxyz·`,
    `authorization: ·bearer ${token}·, ·basic dXNlcjpwYXNzd29yZDE=·`,
    `https://x.dev/?·api_key=${token}·&v=1&·sig=${token}%2F${token}%3D·&v=2`,
    `https://x.s3.amazonaws.com/k?v=1&X-Amz-·Signature=${token}·&X-Amz-·Security-Token=${token}%2F${token}·&v=2 ·refresh_token=${token}· ·client_secret=${token}·`,
    'can not connect to postgres://·app:S3cr3t·@db.acme.com:5432/app, redis://·:pw·@redis:6379/0 or amqps://·guest:p%40ss·@rabbit/v',
    'fetch "https://·alice:s3:cret·@example.com/a@b" failed',
    'can not connect to Server=db;Uid=sa;·Pwd=S3c!r:e@t·;Timeout=3, ?user=a&·password=hunter2·&x=1 or "·Password=w0rds·"',
    `AWS_KEY=x ·AWS_SECRET_ACCESS_KEY=${token}/${token}·`,
    `https://·hooks.slack.com/services/T012/B012/${token}· https://·discord.com/api/webhooks/123/${token}·`,
  ],
  jwt: [`·eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.${token}· and ·eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.·`],
  'private-key': [
    '·-----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY-----·\nrest',
    '"·-----BEGIN PRIVATE KEY-----\\nMII\\n-----END PRIVATE KEY-----·"',
    'x ·-----BEGIN OPENSSH PRIVATE KEY-----\nMII that has no end·',
  ],
};

/** Texts that resemble a match but are none. */
const spared: readonly string[] = [
  'openai@4.20.1, @scope/name@1.0.0-beta.x, a@b, @bob',
  'chat claude-opus-4-1@20250805',
  'chat gemini-1.5-pro@001',
  'unknown model gpt-4o@2024-08-06',
  'Upgrade from Basic subscription',
  'needs Bearer authentication',
  'the library sk-learning',
  'npm_config_registry_and_many_more_names, SKIPPED_AS_OF_ANOTHER_CONSTANT_NAME, re_renders_of_a_component',
  'EAN 4303900628425, refund re_4bncnm3TdeYDVyUCzAnb2ZBm.',
  'sum 1+12345678, v1.2.3+20261130, ?v=1.2.3%2B20261130',
  '?at=12%3A30%3A45&x=a%3Ab%3A%3Ac&y=%3A%3A&z=00%3A1A%3A2B%3A3C%3A4D%3A5E%3A6F',
  '01.02.03.04.05.06, 01.02.2026, v01.02.03.04.05',
  'password= and password=x',
  '4532.123456789012 and 4111.1111 of 4111.1112',
  '2024-10-02 10:11:12.123, 02/10/2024 10:11, 10:11:12',
  '1700000000000 1700000000000000 0.00725 3.14159 200 404 5000',
  'id 550e8400-e29b-41d4-a716-446655440000',
  '4f1b2c3d4e5f60718293a4b5c6d7e8f9',
  'card 4111 1111 1111 1112 was refused',
  'DE89370400440532013001 has wrong digits',
  '7a5f04c3-d574-4845-8615-35288d80b612 v1.2.3.4 net8.0.11.0',
  'Chrome/120.0.0.0, 1.2.3.4.5, 300.1.1.1, 1.2.3',
  'std::vector, a::b, dead::beefy, ::',
  '000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000 123-45-67890',
  'sk-learn is a library, sk-image-and-many-other-words-without-any-number is none',
  'eyJhbGciOiJIUzI1NiJ9, eyJ.eyJ',
  'https://user@host/, https://host:8080/a@b, git+ssh://git@host, http://:@host, see x: a@b, c',
  '-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----',
  // Ids: UUIDs, ids of traces and spans, commits, pods.
  '408462e3-5071-4b49-8c08-826776064d67 cd078589-3225-4075-a8ba-02a3193b65c0 a565caea-af42-4cde-bb04-4952004c5062',
  'svc-b063635684-130e6, svc-9061e03-55782233 and job 0123-4567-8901-2345 of 00835736-6972-45e9-9edb-bf0e8aff4f74',
  '(01) 2345, f(0123) 45, 01-15 10:30:45.123, 01-02 03, 2026-01-15 10 30 45 123',
  'order-001234-567890 file_001234-20261130.csv batch-01234-567890',
  '38227621663116bc f659250310853564 1e3c50491207150863fae618105b1439 ce45a5fae94601208e973c75f4982969683148e3',
  '[0.5626409551367879,-12.5384701203651805] score=0.6244093657177083',
  'connect ECONNREFUSED ::1:5432, [::1]:8080, http://0.0.0.0:3000',
  '[REDACTED] hmac-sha256:25cf3c44c8f39313e8cbf7c23e22fe8b2ee8b288ee5206b0a6397583a1f7f0ef',
];

/** Prefix and further characters of each provider's tokens, from its documentation. */
const providers: Record<string, string> = {
  Alibaba: `LTAI${token}`,
  Brevo: `xkeysib-${token}${token}-${token}`,
  Buildkite: `bkua_${token}${token}`,
  Cerebras: `csk-${token}`,
  CircleCI: `CCIPAT_${token}_${token}`,
  Cloudflare: `cfut_${token}${token}`,
  Docker: `dckr_pat_${token}`,
  Doppler: `dp.pt.${token}${token}`,
  Dynatrace: `dt0c01.${token}.${token}`,
  E2B: `e2b_${token}${token}`,
  Figma: `figd_${token}${token}`,
  Firecrawl: `fc-${token}${token}`,
  'Fly.io': `fm2_${token}${token}`,
  'GitLab, of a feature flag': `glffct-${token}`,
  'GitLab, routable': `glpat-${token}.01.${token}`,
  'GitLab, of a trigger': `glptt-${token}`,
  'Google, new': `AQ.${token}${token}`,
  Heroku: `HRKU-${token}${token}`,
  Honeycomb: `hcaik_${token}${token}`,
  HubSpot: 'pat-na1-550e8400-e29b-41d4-a716-446655440000',
  Jina: `jina_${token}${token}`,
  LlamaCloud: `llx-${token}${token}`,
  Mailgun: `key-${token}${token}`,
  Linear: `lin_oauth_${token}${token}`,
  Neon: `napi_${token}${token}`,
  Netlify: `nfp_${token}${token}`,
  'Notion, old': `secret_${token}${token}`,
  'OpenAI, for a session': `ek_${token}${token}`,
  Pinecone: `pcsk_${token}_${token}`,
  PlanetScale: `pscale_tkn_${token}${token}`,
  PostHog: `phx_${token}${token}`,
  Resend: 're_c1tpEyD8_NKFusih9vKVQknRAQfmFcWCv',
  RubyGems: `rubygems_${token}${token}`,
  'Sentry, of a user': `sntryu_${token}${token}`,
  Shippo: `shippo_live_${token}${token}`,
  'Slack, of a browser': `xoxc-${token}`,
  Square: `sq0csp-${token}`,
  Supabase: `sb_secret_${token}`,
  Tailscale: `tskey-auth-${token}-${token}`,
  Together: `tgp_v1_${token}`,
  Twilio: 'SK0123456789abcdef0123456789abcdef',
  Vercel: `vck_${token}`,
  Voyage: `pa-${token}${token}`,
  'Weights & Biases': `wandb_v1_${token}`,
};

describe('built-in patterns', () => {
  for (const [provider, key] of Object.entries(providers))
    it(`find a token of ${provider}`, () => {
      expect(all.replace(`the key ${key} was refused`)).to.equal('the key <api-key> was refused');
      expect(all.replace(`the key ${key}`.slice(0, -8)), 'cut').to.equal('the key <api-key>');
    });

  for (const [name, texts] of Object.entries(found))
    for (const marked of texts) {
      const text = marked.replaceAll('·', '');
      const replaced = marked.replace(/·[^·]*·/g, `<${name}>`);
      it(`find ${name} in ${text.slice(0, 60)}`, () => {
        expect(scannerOf(name as BuiltInPattern).replace(text), 'alone').to.equal(replaced);
        expect(all.replace(text), 'with all others').to.equal(replaced);
      });
    }

  for (const text of spared) it(`spare ${text.slice(0, 60)}`, () => expect(all.replace(text)).to.equal(text));

  for (const before of ['%20', '%22', '%3A', '%2522', '\\u0022', '\\u53f7'])
    it(`find a match right after ${before}`, () => {
      for (const name of builtInPatterns)
        for (const text of found[name]) {
          const [start = '', sample = '', end = ''] = text.split('·');
          // A password is only one between a scheme and an `@`.
          const [scheme = ''] = /\w+:\/\/$/.exec(start) ?? [];
          const replaced = all.replace(`to${before}${scheme}${sample}${scheme && end}`);
          expect(replaced, text).to.include(`<${name}>`).and.not.include(sample);
        }
    });

  it('find only the patterns that are asked for', () => {
    const text = Object.values(found).flat().join(' ').replaceAll('·', '');
    expect(scannerOf().replace(text)).to.equal(text);
    expect(scannerOf('ssn').replace(text).split('<ssn>')).to.have.length(3);
  });

  it('find adjacent matches, in order', () => {
    expect(all.replace('+491701234567@example.com')).to.equal('<phone><email>');
    expect(all.replace('a@b.example,4111111111111111;192.168.0.1')).to.equal('<email>,<credit-card>;<ip>');
  });
});
