package fovea.core.explainer.blackbox;

/**
 * What a mask costs: {@code (f(x) − f(x ⊙ m)) ÷ (f(x) − f(fill)) + λ · mean(m)}.
 *
 * @param label index into the question's labels
 * @param clean f(x)
 * @param span f(x) − f(fill), not 0
 * @param sparsity λ
 */
record MaskObjective(int label, double clean, double span, double sparsity) {

  double value(double[] scores, float[] mask) {
    double mean = 0;
    for (float m : mask) {
      mean += m;
    }
    double lost = (clean - scores[label]) / span;
    return lost + sparsity * mean / mask.length;
  }
}
