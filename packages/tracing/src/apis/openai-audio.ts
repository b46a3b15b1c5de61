import { openAiSpeechContent, openAiTranscriptionsContent } from '../content/openai-audio-content.js';
import type { LlmCallRecorder } from '../llm-call-recorder.js';
import { asNumber, asString, type Loose, textLength } from '../unknown-values.js';
import type { LlmApi } from './llm-api.js';
import { recordOpenAiUsage } from './openai-usage.js';

type Request = Loose<'model' | 'temperature' | 'stream'>;
type Transcription = Loose<'type' | 'text' | 'usage'>;

/** `audio.transcriptions.create` and `audio.translations.create`: models that bill by the minute report no tokens. */
export const openAiTranscriptions: LlmApi = {
  operation: 'generate_content',
  readRequest(body) {
    const request = body as Request;
    return {
      model: asString(request?.model),
      temperature: asNumber(request?.temperature),
      streaming: request?.stream === true,
    };
  },
  readResponse(response, call) {
    // Formats such as `srt` are a text and nothing else.
    readTranscription(typeof response === 'string' ? { text: response } : (response as Transcription), call);
  },
  chunkReader: (call) => ({
    read(given) {
      const event = given as Transcription;
      if (event?.type === 'transcript.text.done') readTranscription(event, call);
      return event?.type === 'transcript.text.delta';
    },
  }),
  content: openAiTranscriptionsContent,
};

/** `audio.speech.create`, whose response is left to the application. */
export const openAiSpeech: LlmApi = {
  operation: 'generate_content',
  outputType: 'speech',
  readRequest: (body) => ({ model: asString((body as Request)?.model) }),
  readResponse: () => undefined,
  chunkReader: () => ({ read: () => true }),
  content: openAiSpeechContent,
};

function readTranscription(transcription: Transcription, call: LlmCallRecorder): void {
  call.recordResponse({ responseLength: textLength(transcription?.text) });
  recordOpenAiUsage(transcription?.usage, call);
}
