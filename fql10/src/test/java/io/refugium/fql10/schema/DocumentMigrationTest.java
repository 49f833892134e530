package io.refugium.fql10.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.model.LongValue;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each step does to the data of a document (schema specification, section 7.2). */
class DocumentMigrationTest {
  private static final Value ONE = new LongValue(1);
  private static final Value TWO = new LongValue(2);
  private static final Value TEXT = new StringValue("text");

  private final DocumentMigration migration =
      new DocumentMigration(
          (type, value) ->
              switch (type) {
                case "Int" -> value instanceof LongValue;
                case "String" -> value instanceof StringValue;
                default -> true;
              });

  private ObjectValue apply(ObjectValue data, MigrationStep... steps) {
    List<MigrationStep> stored =
        List.of(steps).stream()
            .map(step -> MigrationStep.decode((ObjectValue) MigrationStep.encode(step)))
            .toList();
    return migration.apply(stored, data);
  }

  private static MigrationStep add(Value value, String... conflicts) {
    return new MigrationStep.Add(List.of("n"), "Int", value, List.of(conflicts));
  }

  @Test
  void addsWhatIsAbsent() {
    assertThat(apply(ObjectValue.EMPTY, add(ONE))).isEqualTo(ObjectValue.of("n", ONE));
    assertThat(apply(ObjectValue.EMPTY, add(NullValue.NULL))).isEqualTo(ObjectValue.EMPTY);
  }

  @Test
  void keepsWhatFitsAndMovesAwayWhatDoesNot() {
    ObjectValue fitting = ObjectValue.of("n", TWO);
    assertThat(apply(fitting, add(ONE, "rest"))).isEqualTo(fitting);

    ObjectValue displaced = apply(ObjectValue.of("n", TEXT), add(ONE, "rest"));
    assertThat(displaced.get("n")).isEqualTo(ONE);
    assertThat(displaced.get("rest")).isEqualTo(ObjectValue.of("n", TEXT));
  }

  @Test
  void prefixesNamesThatAreTakenAmongConflicts() {
    ObjectValue taken = ObjectValue.of("n", TEXT).with("rest", ObjectValue.of("n", ONE));
    ObjectValue rest = (ObjectValue) apply(taken, add(ONE, "rest")).get("rest");
    assertThat(rest).isEqualTo(ObjectValue.of("n", ONE).with("_n", TEXT));
  }

  @Test
  void dropsAndMovesAtAnyDepth() {
    ObjectValue data = ObjectValue.of("o", ObjectValue.of("x", ONE).with("y", TWO));
    assertThat(apply(data, new MigrationStep.Drop(List.of("o", "x"))))
        .isEqualTo(ObjectValue.of("o", ObjectValue.of("y", TWO)));
    assertThat(apply(data, new MigrationStep.Move(List.of("o", "x"), List.of("x"))))
        .isEqualTo(ObjectValue.of("o", ObjectValue.of("y", TWO)).with("x", ONE));
  }

  @Test
  void splitsByType() {
    MigrationStep split =
        new MigrationStep.Split(
            List.of("s"),
            List.of(
                new MigrationStep.Target(List.of("i"), "Int", new LongValue(-1)),
                new MigrationStep.Target(List.of("t"), "String", NullValue.NULL)));
    assertThat(apply(ObjectValue.of("s", ONE), split)).isEqualTo(ObjectValue.of("i", ONE));
    assertThat(apply(ObjectValue.of("s", TEXT), split))
        .isEqualTo(ObjectValue.of("i", new LongValue(-1)).with("t", TEXT));
    assertThat(apply(ObjectValue.EMPTY, split)).isEqualTo(ObjectValue.of("i", new LongValue(-1)));
  }

  @Test
  void movesTheFieldsOfAWildcard() {
    MigrationStep move = new MigrationStep.MoveWildcard(List.of("rest"), List.of("n", "rest"));
    ObjectValue data = ObjectValue.of("n", ONE).with("x", TEXT);
    assertThat(apply(data, move))
        .isEqualTo(ObjectValue.of("n", ONE).with("rest", ObjectValue.of("x", TEXT)));
    assertThat(apply(ObjectValue.of("n", ONE), move)).isEqualTo(ObjectValue.of("n", ONE));
  }
}
