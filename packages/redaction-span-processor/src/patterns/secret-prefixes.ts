/** How the tokens of well-known providers begin, as their documentation and their secret scanning partners' lists show. Data only. */
export interface SecretPrefix {
  readonly prefix: string;
  /** How many characters follow at least. */
  readonly least: number;
  /** Dots stand in it, too. */
  readonly dotted?: boolean;
}

export const secretPrefixes: readonly SecretPrefix[] = [
  // OpenAI, Anthropic, OpenRouter, Langfuse, ElevenLabs and others who follow them.
  { prefix: 'sk-', least: 20 },
  { prefix: 'pk-lf-', least: 16 },
  { prefix: 'sk_', least: 24 },
  { prefix: 'sess-', least: 24 },
  // Groq, xAI, Perplexity, Hugging Face, Replicate, NVIDIA, Fireworks, Tavily, LangSmith.
  { prefix: 'gsk_', least: 20 },
  { prefix: 'xai-', least: 20 },
  { prefix: 'pplx-', least: 20 },
  { prefix: 'hf_', least: 20 },
  { prefix: 'api_org_', least: 20 },
  { prefix: 'r8_', least: 20 },
  { prefix: 'nvapi-', least: 20 },
  { prefix: 'fw_', least: 20 },
  { prefix: 'tvly-', least: 16 },
  { prefix: 'lsv2_', least: 20 },
  // Google.
  { prefix: 'AIza', least: 30 },
  { prefix: 'ya29.', least: 20, dotted: true },
  { prefix: 'GOCSPX-', least: 20 },
  // AWS: the id of a key; its secret has no form of its own.
  { prefix: 'AKIA', least: 16 },
  { prefix: 'ASIA', least: 16 },
  { prefix: 'ABSK', least: 60 },
  // GitHub, GitLab, Atlassian.
  { prefix: 'ghp_', least: 20 },
  { prefix: 'gho_', least: 20 },
  { prefix: 'ghu_', least: 20 },
  { prefix: 'ghs_', least: 20 },
  { prefix: 'ghr_', least: 20 },
  { prefix: 'github_pat_', least: 20 },
  { prefix: 'glpat-', least: 20 },
  { prefix: 'gldt-', least: 20 },
  { prefix: 'glrt-', least: 20 },
  { prefix: 'ATATT3', least: 40 },
  // Slack.
  { prefix: 'xoxa-', least: 12 },
  { prefix: 'xoxb-', least: 12 },
  { prefix: 'xoxe-', least: 12 },
  { prefix: 'xoxp-', least: 12 },
  { prefix: 'xoxr-', least: 12 },
  { prefix: 'xoxs-', least: 12 },
  { prefix: 'xapp-', least: 12 },
  // Stripe (its `sk_` is above), Square, Shopify.
  { prefix: 'rk_live_', least: 16 },
  { prefix: 'rk_test_', least: 16 },
  { prefix: 'whsec_', least: 16 },
  { prefix: 'EAAA', least: 56 },
  { prefix: 'shpat_', least: 20 },
  { prefix: 'shpca_', least: 20 },
  { prefix: 'shpss_', least: 20 },
  // Registries, clouds and services.
  { prefix: 'npm_', least: 30 },
  { prefix: 'pypi-', least: 40 },
  { prefix: 'SG.', least: 40, dotted: true },
  { prefix: 'dop_v1_', least: 40 },
  { prefix: 'doo_v1_', least: 40 },
  { prefix: 'dapi', least: 32 },
  { prefix: 'hvs.', least: 20, dotted: true },
  { prefix: 'hvb.', least: 20, dotted: true },
  { prefix: 'lin_api_', least: 20 },
  { prefix: 'ntn_', least: 30 },
  { prefix: 'sntrys_', least: 20 },
  { prefix: 'glsa_', least: 20 },
  { prefix: 'glc_', least: 20 },
  { prefix: 'NRAK-', least: 20 },
  { prefix: 'PMAK-', least: 20 },
  { prefix: 'pul-', least: 32 },
  { prefix: 'sbp_', least: 32 },
  { prefix: 'AGE-SECRET-KEY-', least: 40 },
  // What is sent in a header, whoever made it.
  { prefix: 'Bearer ', least: 16, dotted: true },
  { prefix: 'bearer ', least: 16, dotted: true },
  { prefix: 'Bearer%20', least: 16, dotted: true },
  { prefix: 'Basic ', least: 16, dotted: true },
];
