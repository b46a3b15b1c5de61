/**
 * Reasoning that is counted beside the output and only in the total, although it is billed as output. xAI's chats do so
 * (its documentation, as quoted in https://github.com/vercel/ai/pull/12425), and so do some gateways in front of Gemini
 * (https://github.com/router-for-me/CLIProxyAPI/issues/5733). Google's own endpoint for OpenAI's clients does not even
 * say how much it is (https://discuss.ai.google.dev/t/127400). All read 2026-12-01.
 *
 * @param isGemini - whether what the total has beyond input and output are thoughts, if nothing says what it is
 * @param cachedTokens - some gateways left them out of the input (https://github.com/router-for-me/CLIProxyAPI/pull/1643):
 *   a rest that is as many is these
 * @returns what has to be added to the output
 */
export function reasoningBeside(
  inputTokens: number | undefined,
  outputTokens: number | undefined,
  reasoningTokens: number | undefined,
  totalTokens: number | undefined,
  isGemini: boolean,
  cachedTokens: number | undefined,
): number {
  if (inputTokens === undefined || outputTokens === undefined || totalTokens === undefined) return 0;
  const rest = totalTokens - inputTokens - outputTokens;
  const mayBeThoughts = isGemini && reasoningTokens === undefined && rest !== cachedTokens;
  // A total that is the sum of all three proves it.
  return rest > 0 && (rest === reasoningTokens || mayBeThoughts) ? rest : 0;
}
