package io.refugium.fql10.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.documents.SystemModules;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.stdlib.StandardLibrary;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.types.Bindings;
import io.refugium.fql10.types.Type;
import io.refugium.fql10.types.TypeChecker;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The real library, under the recorded answers of the type checker. */
class LibraryTypesTest {
  private static final TypeEnvironment LIBRARY =
      LibraryTypes.of(new StandardLibrary(SystemModules.byName()));

  private static final TypeEnvironment DATABASE =
      DatabaseTypes.of(
          LIBRARY,
          List.of(author(), product()),
          List.of(
              function("add1", "x => x + 1", null),
              function("aFn", "x => x", null),
              function("anyFn", "x => x", "Any => Any")));

  private static CollectionDef author() {
    IndexDef.Component term =
        new IndexDef.Component(
            new IndexDef.Extractor.Path(List.of("data", "name")), false, false, false);
    IndexDef backing =
        new IndexDef(
            0,
            1,
            IndexDef.Language.V10,
            null,
            List.of(),
            List.of(term),
            List.of(),
            false,
            false,
            IndexDef.Status.ACTIVE,
            1,
            null);
    return new CollectionDef(
        new Document(new Ref(0, 1, 1), 1, object("name", "Author")),
        0,
        Map.of("byName", new CollectionDef.NamedIndex("byName", backing, true)),
        List.of(),
        List.of(),
        io.refugium.model.ArrayValue.EMPTY);
  }

  private static CollectionDef product() {
    ObjectValue fields =
        ObjectValue.of(
            new LinkedHashMap<>(
                Map.of(
                    "name",
                    new StringValue("Product"),
                    "document_ttls",
                    io.refugium.model.BooleanValue.TRUE)));
    Map<String, Value> types = new LinkedHashMap<>();
    types.put("name", object("signature", "String"));
    types.put("price", object("signature", "Number"));
    types.put("tag", object("signature", "String?"));
    types.put("maker", object("signature", "Ref<Author>?"));
    ObjectValue computed = ObjectValue.of("label", object("body", "p => p.name + '!'"));
    return new CollectionDef(
        new Document(
            new Ref(0, 1, 2),
            1,
            fields.with("fields", ObjectValue.of(types)).with("computed_fields", computed)),
        0,
        Map.of(),
        List.of(),
        List.of(),
        io.refugium.model.ArrayValue.EMPTY);
  }

  private static FunctionDef function(String name, String body, String signature) {
    ObjectValue fields = object("name", name).with("body", new StringValue(body));
    return new FunctionDef(
        new Document(
            new Ref(0, 8, 1),
            1,
            signature == null ? fields : fields.with("signature", new StringValue(signature))));
  }

  private static ObjectValue object(String name, String text) {
    return ObjectValue.of(name, new StringValue(text));
  }

  @TestFactory
  Stream<DynamicTest> answersAreAsRecorded() throws IOException {
    String resource = "/io/refugium/fql10/types/recorded.json";
    try (InputStream in = LibraryTypesTest.class.getResourceAsStream(resource)) {
      JsonNode cases = new ObjectMapper().readTree(in);
      return StreamSupport.stream(cases.spliterator(), false)
          .map(
              node ->
                  DynamicTest.dynamicTest(
                      node.get("id").asString() + " " + node.get("query").asString(),
                      () -> assertRecorded(node)))
          .toList()
          .stream();
    }
  }

  private static void assertRecorded(JsonNode node) {
    TypeChecker.Result result =
        TypeChecker.query(
            Parser.query(Source.query(node.get("query").asString()))
                .orThrow(errors -> new IllegalArgumentException(errors.toString())),
            DATABASE,
            Bindings.NONE);
    String errors = DiagnosticRenderer.renderAll(result.errors());
    if (node.has("summary")) {
      assertThat(errors).isEqualTo(node.get("summary").asString());
    } else {
      assertThat(errors).isEmpty();
      assertThat(result.type()).hasToString(node.get("type").asString());
    }
  }

  @Test
  void everyGlobalHasAType() {
    StandardLibrary library = new StandardLibrary(SystemModules.byName());
    assertThat(library.globals().keySet())
        .allSatisfy(name -> assertThat(LIBRARY.global(name)).as(name).isPresent());
    assertThat(LIBRARY.global("FQL").map(Type::toString)).contains("FQLModule");
  }
}
