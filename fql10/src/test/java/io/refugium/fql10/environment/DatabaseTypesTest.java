package io.refugium.fql10.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.document.Document;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.source.Source;
import io.refugium.fql10.syntax.Parser;
import io.refugium.fql10.types.Bindings;
import io.refugium.fql10.types.TypeChecker;
import io.refugium.fql10.types.TypeDefinition;
import io.refugium.fql10.types.TypeEnvironment;
import io.refugium.fql10.types.TypeRegistry;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types out of a schema: fields, defaults, computed fields, indexes, functions, aliases. */
class DatabaseTypesTest {
  private static final TypeEnvironment LIBRARY = library();

  private static TypeEnvironment library() {
    TypeRegistry.Builder types = TypeRegistry.builder();
    SystemTypes.declare(types);
    for (String name : List.of("Null", "Boolean", "Number", "String", "ID", "Time")) {
      types.define(TypeDefinition.named(name).build());
    }
    for (String name : List.of("Int", "Long", "Double")) {
      types.define(TypeDefinition.named(name).extending("Number").build());
    }
    types.define(TypeDefinition.named("Array", "A").build());
    types.define(TypeDefinition.named("Set", "A").field("first", "() => A | Null").build());
    return types.build();
  }

  private static final TypeEnvironment DATABASE =
      DatabaseTypes.of(
          LIBRARY,
          List.of(
              collection("Author", object(), Map.of()),
              collection(
                  "Product",
                  object(
                      "alias", text("Item"),
                      "fields",
                          object(
                              "name", field("String", null),
                              "price", field("Int", null),
                              "tags", field("Array<Int>", null),
                              "tag", field("String?", null),
                              "stock", field("Int", "0"),
                              "size", field("{ w: Int = 1, h: Int = 2 }", null),
                              "place", field("{ city: String, zip: String }?", null),
                              "maker", field("Ref<Author>?", null)),
                      "computed_fields",
                          object(
                              "label", object("body", text("p => p.name + '!'")),
                              "twice", object("body", text("(.again)")),
                              "again", object("body", text("p => p.twice")),
                              "worth",
                                  object("body", text("p => p.price"), "signature", text("Int")))),
                  Map.of("byName", index("name", false), "byTag", index("tags", true)))),
          List.of(
              function("add1", "x => x + 1", null),
              function("sum", "(a, b) => a", "(Number, Number) => Number"),
              function("loop", "x => loop(x)", null)));

  private static CollectionDef collection(
      String name, ObjectValue fields, Map<String, CollectionDef.NamedIndex> indexes) {
    ObjectValue document = fields.with("name", text(name));
    return new CollectionDef(
        new Document(new Ref(0, 1, name.hashCode() & 0xffff), 1, document),
        0,
        indexes,
        List.of(),
        List.of());
  }

  private static CollectionDef.NamedIndex index(String field, boolean mva) {
    IndexDef.Component term =
        new IndexDef.Component(
            new IndexDef.Extractor.Path(List.of("data", field)), mva, false, false);
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
    return new CollectionDef.NamedIndex(mva ? "byTag" : "byName", backing, true);
  }

  private static FunctionDef function(String name, String body, String signature) {
    ObjectValue fields = object("name", text(name), "body", text(body));
    return new FunctionDef(
        new Document(
            new Ref(0, 8, name.hashCode() & 0xffff),
            1,
            signature == null ? fields : fields.with("signature", text(signature))));
  }

  private static Value field(String signature, String defaultValue) {
    ObjectValue field = object("signature", text(signature));
    return defaultValue == null ? field : field.with("default", text(defaultValue));
  }

  private static ObjectValue object(Object... entries) {
    Map<String, Value> fields = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      fields.put((String) entries[i], (Value) entries[i + 1]);
    }
    return ObjectValue.of(fields);
  }

  private static Value text(String text) {
    return new StringValue(text);
  }

  private static TypeChecker.Result check(String query) {
    return TypeChecker.query(
        Parser.query(Source.query(query))
            .orThrow(errors -> new IllegalArgumentException(errors.toString())),
        DATABASE,
        Bindings.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '~',
      value = {
        "Author @ AuthorCollection",
        "Author.byId(\"1\") @ Ref<Author>",
        "Author.byId(\"1\").coll @ Any | AuthorCollection",
        "Author(1)!.anything @ Any",
        "Author.all().first() @ Author | Null",
        "Product(1)!.price @ Int",
        "Product(1)!.maker @ Ref<Author> | Null",
        "Product(1)!.label @ String",
        "Product(1)!.worth @ Int",
        "Product(1)!.again @ Any",
        "Product(1)!.delete() @ NullProduct",
        "Item(1)! @ Item",
        "Item(1)!.coll @ ItemCollection",
        "Product.byName(\"x\").first() @ Product | Null",
        "add1 @ UserFunction<Number => Number>",
        "sum(1, 2) @ Number",
        "loop(1) @ Any",
        "Product(1) { name, maker { id } } @ { name: String, maker: { id: ID } | Null } | Null",
        "Query.identity() @ { *: Any } | Null",
        "Key.byId(\"1\") @ Ref<Key>",
        "Collection.byName(\"x\") @ NamedRef<CollectionDef>",
      })
  void namesOfTheSchemaHaveTheirTypes(String query, String type) {
    TypeChecker.Result result = check(query);
    assertThat(DiagnosticRenderer.renderAll(result.errors())).isEmpty();
    assertThat(result.type()).hasToString(type);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '~',
      value = {
        "Product.create({ name: 'x', price: 1.5, tags: [] }) @ ~~",
        "Product.create({ name: 'x', price: 1, tags: [1], size: { w: 3 }, place: null }) @ ~~",
        "Product.create({ name: 'x' })"
            + " @ Type `{ name: \"x\" }` is not a subtype of `{ id: ID | Null, name: String, price:"
            + " Number, tags: Array<Number>, tag: String | Null, stock: Number | Null, size: { w:"
            + " Number | Null, h: Number | Null } | Null, place: { city: String, zip: String } |"
            + " Null, maker: Ref<Author> | Null }`",
        "Product(1)!.update({ price: 'x' }) @ Type `String` is not a subtype of `Null | Number`",
        "Product(1)!.update({ nope: 1 }) @ Type `{ nope: 1 }` contains extra field `nope`",
        "Product(1)!.data"
            + " @ Type `{ id: ID, ts: Time, ttl: Time | Null, name: String, price: Int, tags:"
            + " Array<Int>, tag: String | Null, stock: Int, size: { w: Int, h: Int }, place: {"
            + " city: String, zip: String } | Null, maker: Ref<Author> | Null, label: String,"
            + " twice: Any, again: Any, worth: Int }` does not have field `data`",
        "Product.byName(1) @ Type `Int` is not a subtype of `String`",
        "Product.byTag('x') @ Type `String` is not a subtype of `Int`",
        "add1('a') @ Type `String` is not a subtype of `Number`",
        "Author.create({ data: 1 }) @ Type `Int` is not a subtype of `Null`",
        "Key.create({ role: 'a', secret: 'x' })"
            + " @ Type `{ role: \"a\", secret: \"x\" }` contains extra field `secret`",
        "Credential.create({ document: 1 }) @ Type `Int` is not a subtype of `Null | { *: Any }`",
        "Role('x') @ Type `RoleCollection` cannot be used as a function",
        "nope @ Unbound variable `nope`",
      })
  void writesAreCheckedAgainstTheSchema(String query, String message) {
    assertThat(check(query).errors().stream().map(Diagnostic::message).findFirst().orElse(""))
        .isEqualTo(message);
  }

  @Test
  void missingMembersPointAtTheDeclaredType() {
    Diagnostic error = check("Product(1)!.update({ place: { city: 'c' } })").errors().getFirst();
    assertThat(DiagnosticRenderer.render(error))
        .contains(
            """
            cause: Type `{ city: "c" }` does not have field `zip`
            at *field:Product:place*:1:1
              |
            1 | { city: String, zip: String }?
              | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
              |
            """);
  }

  private static CollectionDef computing(String name, String body) {
    return collection(
        name, object("computed_fields", object("c", object("body", text(body)))), Map.of());
  }

  /** Two that do not depend on each other in a circle, two that do. */
  private static List<FunctionDef> functionsOf(String h) {
    return List.of(
        function("f", "x => g(x)", null),
        function("g", "x => B(1)!.c", null),
        function("h", h, null));
  }

  private static List<List<String>> orders(List<String> names) {
    if (names.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> orders = new ArrayList<>();
    for (String first : names) {
      List<String> rest = names.stream().filter(name -> !name.equals(first)).toList();
      for (List<String> order : orders(rest)) {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(order);
        orders.add(all);
      }
    }
    return orders;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '~',
      value = {
        "d => 1 @ d => 'b' @ x => f(x)", // no circle
        "d => f(1) @ d => 'b' @ x => A(1)!.c", // a collection needs a function, a function it
        "d => B(1)!.c @ d => A(1)!.c @ x => x", // two collections
        "d => h(1) @ d => 'b' @ x => A(1)!.c", // a collection and a function
        "d => 1 @ d => h(1) @ x => g(x)", // longer
      })
  void whatIsAskedForFirstDoesNotMatter(String a, String b, String h) {
    List<CollectionDef> collections = List.of(computing("A", a), computing("B", b));
    List<FunctionDef> functions = functionsOf(h);
    TypeEnvironment complete = DatabaseTypes.complete(LIBRARY, collections, functions);
    for (List<String> order : orders(List.of("A", "BCollection", "f", "g", "h"))) {
      TypeEnvironment types = DatabaseTypes.of(LIBRARY, collections, functions);
      for (String name : order) {
        types.global(name);
        types.definition(name);
      }
      for (String name : order) {
        assertThat(types.global(name)).as(name).isEqualTo(complete.global(name));
        assertThat(String.valueOf(types.definition(name)))
            .as("%s in %s", name, order)
            .isEqualTo(String.valueOf(complete.definition(name)));
      }
    }
  }
}
