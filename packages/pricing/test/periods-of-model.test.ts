import { expect } from 'chai';
import { pricesPerToken } from '../src/periods-of-model.js';

describe('pricesPerToken', () => {
  it('falls back from each kind of token to the more general one', () => {
    expect(pricesPerToken({ input_mtok: 1, output_mtok: 2 }, 'm').rates).to.deep.equal({
      input: 1,
      output: 2,
      cacheRead: 1,
      cacheWrite: 1,
      cacheWrite1h: 1,
      inputAudio: 1,
      cacheReadAudio: 1,
      outputAudio: 2,
      reasoning: 2,
      request: 0,
    });
  });

  it('prices cached audio as audio if only cached text has a price, and as cached if audio has none', () => {
    const rates = (prices: Record<string, number>) => pricesPerToken({ input_mtok: 1, ...prices }, 'm').rates;
    expect(rates({ cache_read_mtok: 0.1, input_audio_mtok: 30 })?.cacheReadAudio).to.equal(30);
    expect(rates({ cache_read_mtok: 0.1 })?.cacheReadAudio).to.equal(0.1);
  });

  it('merges tiers that begin at different counts', () => {
    const { rates, tiers } = pricesPerToken(
      {
        input_mtok: {
          base: 1,
          tiers: [
            { start: 200, price: 3 },
            { start: 100, price: 2 },
          ],
        },
        output_mtok: { base: 10, tiers: [{ start: 150, price: 20 }] },
      },
      'm',
    );
    expect([rates?.input, rates?.output]).to.deep.equal([1, 10]);
    expect(tiers.map(({ above, rates }) => [above, rates.input, rates.output])).to.deep.equal([
      [100, 2, 10],
      [150, 2, 20],
      [200, 3, 20],
    ]);
  });

  it('has no rates for models that are not sold per token, and zeros for free ones', () => {
    expect(pricesPerToken({ audio_hours: 0.36 }, 'whisper-1').rates).to.equal(undefined);
    expect(pricesPerToken({}, 'gemma-3').rates).to.equal(undefined);
    expect(pricesPerToken({}, 'gemma-3:free').rates).to.include({ input: 0, output: 0 });
  });
});
