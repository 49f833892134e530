package io.refugium.fsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.fql10.schema.SchemaItem;
import org.junit.jupiter.api.Test;

class ItemPatchTest {
  private static String patch(String text, String wanted) {
    StringBuilder patched = new StringBuilder(text);
    SchemaItem item = Schemas.item(text);
    ItemPatch.apply(patched, item, Schemas.item(wanted));
    return patched.toString();
  }

  @Test
  void leavesAloneWhatIsAsWanted() {
    String text = "collection   A {  a : Int ;  b:Int }  // tail";

    assertThat(patch(text, "collection A {\n  b: Int\n  a: Int\n}")).isEqualTo(text);
  }

  @Test
  void addsMembersBeforeTheBrace() {
    assertThat(
            patch(
                "// doc\ncollection A {  a : Int }   // tail",
                "@alias(B)\ncollection A {\n  a: Int\n  history_days 3\n}"))
        .isEqualTo("// doc\n@alias(B)\ncollection A {  a : Int\n  history_days 3\n}   // tail");
  }

  @Test
  void cutsMembers() {
    assertThat(
            patch(
                "collection A {\n  x: Int\n  index i {\n    terms [.x]\n  }\n  unique [.x]\n}",
                "collection A {\n  x: Int\n}"))
        .isEqualTo("collection A {\n  x: Int\n}");
  }

  @Test
  void replacesBodiesAndSignaturesAsAWhole() {
    assertThat(patch("function f(x) {\n  // keep?\n  x + 1\n}", "function f(y) {\n  y * 2\n}"))
        .isEqualTo("function f(y) {\n  y * 2\n}");
    assertThat(patch("function f(x) { x + 1 } // t", "@role(server)\nfunction f(x) { x + 1 }"))
        .isEqualTo("@role(server)\nfunction f(x) { x + 1 } // t");
  }

  @Test
  void replacesPrivileges() {
    assertThat(
            patch(
                "role r {\n  // why\n  privileges A { read }\n  membership U\n}",
                "role r {\n  privileges A {\n    read\n    write\n  }\n}"))
        .isEqualTo("role r {\n  // why\n  privileges A {\n    read\n    write\n  }\n}");
  }
}
