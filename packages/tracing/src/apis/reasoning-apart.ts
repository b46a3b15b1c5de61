/**
 * The output with the reasoning in it. In chats, xAI counts reasoning beside the output, and only in the total
 * (https://docs.x.ai/docs/key-information/consumption-and-rate-limits, read 2026-12-01 in
 * https://github.com/vercel/ai/pull/12425); so do some gateways in front of Gemini. That the total is the sum of all
 * three proves it.
 */
export function outputWithReasoning(
  inputTokens: number | undefined,
  outputTokens: number | undefined,
  reasoningTokens: number | undefined,
  totalTokens: number | undefined,
): number | undefined {
  if (inputTokens === undefined || outputTokens === undefined || reasoningTokens === undefined)
    return outputTokens;
  const sum = outputTokens + reasoningTokens;
  return totalTokens === inputTokens + sum ? sum : outputTokens;
}
