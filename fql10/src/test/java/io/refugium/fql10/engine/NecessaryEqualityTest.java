package io.refugium.fql10.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.access.FieldEquality;
import io.refugium.fql10.source.Source;
import io.refugium.model.BooleanValue;
import io.refugium.model.StringValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NecessaryEqualityTest {
  private static FieldEquality of(String predicate) {
    return NecessaryEquality.of(Source.predicate("", "", predicate));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d => d.owner == Query.identity()",
        "d => Query.identity() == d.owner",
        "(d) => (d.owner) == (Query.identity())",
        "d => { d.owner == Query.identity()! }",
        "d => d?.owner == Query.identity()",
        "(.owner == Query.identity())",
        "d => d.open && d.owner == Query.identity()",
        "d => d.owner == Query.identity() && d.open",
        "d => d.a == d.b && (d.owner == Query.identity() && d.open)",
      })
  void findsAFieldThatIsTheIdentity(String predicate) {
    assertThat(of(predicate).field()).isEqualTo("owner");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d => true",
        "d => d.owner != Query.identity()",
        "d => d.owner == Query.identity() || d.open",
        "d => !(d.owner == Query.identity())",
        "d => d.owner == Query.identity() == false",
        "d => d.owner == Query.token()",
        "d => d.owner == Query.identity(1)",
        "d => d.owner == Query.identity().team",
        "d => d.owner == d.other",
        "d => d.owner == null",
        "d => d.owner == 1",
        "d => d.owner.team == Query.identity()",
        "d => d.owner! == Query.identity()",
        "d => d[\"owner\"] == Query.identity()",
        "d => d.owner() == Query.identity()",
        "d => e.owner == Query.identity()",
        "d => d.data == Query.identity()",
        "d => d.id == \"1\"",
        "d => d.ttl == Query.identity()",
        "d => d == Query.identity()",
        "(d, e) => d.owner == Query.identity()",
        "(...d) => d.owner == Query.identity()",
        "Query => Query.owner == Query.identity()",
        "_ => _.owner == Query.identity()",
        "d => { let d = Team.byId(1); d.owner == Query.identity() }",
        "d => if (d.owner == Query.identity()) true else true",
        "d => x => x.owner == Query.identity()",
        "d => [d].any(.owner == Query.identity())",
        "not a function",
        "d =>",
      })
  void findsNothingInAnythingElse(String predicate) {
    assertThat(of(predicate)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d => d.owner == Query.identity()",
        "d => Query.identity() == d.owner",
        "(d) => { (d?.owner) == (Query.identity()) }",
        "(.owner == Query.identity())",
        "d => d.state == \"open\"",
        "d => d.shown == true",
      })
  void knowsWhereThatIsAll(String predicate) {
    assertThat(of(predicate).sufficient()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "d => d.owner == Query.identity()!",
        "d => d.open && d.owner == Query.identity()",
        "d => d.owner == Query.identity() && d.open",
        "d => d.owner == Query.identity() && d.owner == Query.identity()",
        "d => d.delete == Query.identity()",
        "d => d.exists == true",
        "d => d.updateData == Query.identity()",
      })
  void knowsWhereItIsNot(String predicate) {
    assertThat(of(predicate).sufficient()).isFalse();
  }

  @Test
  void findsConstants() {
    assertThat(of("d => d.state == \"open\"").value().in(null)).isEqualTo(new StringValue("open"));
    assertThat(of("d => true == d.shown").value().in(null)).isEqualTo(BooleanValue.TRUE);
  }
}
