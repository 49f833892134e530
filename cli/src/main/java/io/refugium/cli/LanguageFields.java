package io.refugium.cli;

import io.refugium.database.Catalog;
import io.refugium.database.CollectionDef;
import io.refugium.database.Document;
import io.refugium.database.FieldFunctions;
import io.refugium.fql4.Fql4;
import io.refugium.model.LambdaValue;
import io.refugium.model.Value;

/** What indexes ask of the languages, passed on to the one that can tell. */
final class LanguageFields implements FieldFunctions {
  private final Fql4 fql4;

  LanguageFields(Fql4 fql4) {
    this.fql4 = fql4;
  }

  @Override
  public Value binding(Catalog catalog, LambdaValue function, Document document) {
    return fql4.binding(catalog, function, document);
  }

  @Override
  public Value computedField(
      Catalog catalog, CollectionDef collection, String field, Document document) {
    return null;
  }
}
