package io.refugium.cli;

import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FieldFunctions;
import io.refugium.database.document.Document;
import io.refugium.fql10.engine.Fql10;
import io.refugium.fql4.Fql4;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Value;
import java.util.List;

/** What indexes ask of the languages, passed on to the one that can tell. */
final class LanguageFields implements FieldFunctions {
  private final Fql4 fql4;
  private final Fql10 fql10;

  LanguageFields(Fql4 fql4, Fql10 fql10) {
    this.fql4 = fql4;
    this.fql10 = fql10;
  }

  @Override
  public Value binding(Catalog catalog, LambdaValue function, Document document) {
    return fql4.binding(catalog, function, document);
  }

  @Override
  public Value computedField(
      Catalog catalog, CollectionDef collection, String field, Document document) {
    return fql10.indexedField(catalog, collection, field, document);
  }

  @Override
  public ObjectValue migrate(
      Catalog catalog, CollectionDef collection, List<Value> migrations, ObjectValue fields) {
    return fql10.migrate(catalog, collection, migrations.size(), fields);
  }
}
