package io.refugium.model;

import com.ibm.icu.text.Normalizer2;

/** Folds strings so that those which differ in case or compatibility form only become equal. */
public final class Casefold {
  private static final Normalizer2 NFKC = Normalizer2.getNFKCCasefoldInstance();

  private Casefold() {}

  /** The Unicode normalisation NFKC_Casefold: {@code "Weißkopf"} becomes {@code "weisskopf"}. */
  public static String nfkc(String text) {
    return NFKC.normalize(text);
  }
}
