import { type ContentCarrier, noContent } from './content-carrier.js';

/** MLflow. */
export const mlflow: ContentCarrier = {
  id: 'mlflow',
  source: '@mlflow/core (mlflow/mlflow@0f68edb)',
  markers: [],
  contentMarks: true,
  content: {
    ...noContent,
    keys: ['mlflow.spanInputs', 'mlflow.spanOutputs', 'mlflow.traceInputs', 'mlflow.traceOutputs'],
  },
};
