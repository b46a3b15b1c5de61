import { expect } from 'chai';
import { openAiDecisionsContent } from '../../src/content/openai-decisions-content.js';

describe('openAiDecisionsContent', () => {
  it('reads the questions with the input, and the answers, as JSON', () => {
    const questions = [{ type: 'predicate', name: 'spam', instructions: 'Is it spam?' }];
    const answers = [{ type: 'predicate', name: 'spam', probability: 1 }];
    const text = (content: string) => [{ type: 'text', content }];
    expect(openAiDecisionsContent.readRequest({ input: 'mail', questions })).to.deep.equal({
      inputMessages: [
        { role: 'user', parts: text('mail') },
        { role: 'user', parts: text(JSON.stringify(questions)) },
      ],
    });
    expect(openAiDecisionsContent.readResponse?.({ answers })).to.deep.equal([
      { role: 'assistant', parts: text(JSON.stringify(answers)) },
    ]);
  });
});
