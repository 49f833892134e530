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
  void editsPrivilegesActionByAction() {
    assertThat(
            patch(
                "role r {\n  // why\n  privileges A { read }\n  membership U\n}",
                "role r {\n  privileges A {\n    read\n    write\n  }\n}"))
        .isEqualTo("role r {\n  // why\n  privileges A { read\n    write\n  }\n}");
    assertThat(
            patch(
                """
                role r {
                  privileges A {
                    // anybody
                    read
                    create // to be removed
                    /* only
                       their own */
                    write { predicate ((a, b) => a == b) }
                  }
                }
                """,
                """
                role r {
                  privileges A {
                    read
                    write
                    delete {
                      predicate (a => a.old)
                    }
                    call
                  }
                }
                """))
        .isEqualTo(
            """
            role r {
              privileges A {
                // anybody
                read
                // to be removed
                /* only
                   their own */
                write
                call
                delete {
                  predicate ((a) => a.old)
                }
              }
            }
            """);
  }

  @Test
  void editsTermsAndValuesOfAnIndex() {
    String index =
        """
        collection A {
          index i {
            // what is asked for
            terms [.a]
            values [.b] // sorted
          }
        }
        """;

    assertThat(patch(index, "collection A { index i { terms [.a, mva(.c)]; values [.b] } }"))
        .isEqualTo(index.replace("[.a]", "[.a, mva(.c)]"));
    assertThat(patch(index, "collection A { index i { terms [.a] } }"))
        .isEqualTo(index.replace("values [.b] // sorted", "// sorted"));
    assertThat(
            patch(
                "collection A { index i { values [.b] } }",
                "collection A { index i { terms [.a]; values [.b] } }"))
        .isEqualTo("collection A { index i { values [.b]\n    terms [.a]\n  } }");
  }
}
