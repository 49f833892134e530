package io.refugium.access.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CredentialsTest {
  @Test
  void bearer() {
    assertThat(Credentials.fromHeader("Bearer abc")).isEqualTo(scoped("abc"));
    assertThat(Credentials.fromHeader("Bearer \t abc ")).isEqualTo(scoped("abc"));
    assertThat(Credentials.fromHeader("Bearer abc:client"))
        .isEqualTo(new Credentials.Scoped(ScopedSecret.parse("abc:client")));
  }

  @Test
  void bearerWithJwt() {
    assertThat(Credentials.fromHeader("Bearer eyJ.x.y")).isEqualTo(new Credentials.Jwt("eyJ.x.y"));
    assertThat(Credentials.fromHeader("Bearer ey.a")).isEqualTo(new Credentials.Jwt("ey.a"));
    assertThat(Credentials.fromHeader("Bearer eyJx")).isEqualTo(scoped("eyJx"));
  }

  @Test
  void basicTakesTheUserName() {
    assertThat(Credentials.fromHeader("Basic " + base64("abc:"))).isEqualTo(scoped("abc"));
    assertThat(Credentials.fromHeader("Basic " + base64("abc"))).isEqualTo(scoped("abc"));
    assertThat(Credentials.fromHeader("Basic " + base64("abc") + ":")).isEqualTo(scoped("abc"));
    assertThat(Credentials.fromHeader("Basic " + base64(" abc: "))).isEqualTo(scoped("abc"));
  }

  @Test
  void basicReadsTheRestAsScope() {
    assertThat(Credentials.fromHeader("Basic " + base64("abc:client:")))
        .isEqualTo(new Credentials.Scoped(ScopedSecret.parse("abc:client")));
    assertThat(Credentials.fromHeader("Basic " + base64("x:abc"))).isEqualTo(scoped("x"));
  }

  @Test
  void basicNeverCarriesAJwt() {
    assertThat(Credentials.fromHeader("Basic " + base64("eyJ.x.y:")))
        .isEqualTo(new Credentials.Scoped(new ScopedSecret("eyJ.x.y", null)));
  }

  @Test
  void everythingElseIsNone() {
    assertThat(Credentials.fromHeader(null)).isEqualTo(Credentials.NONE);
    assertThat(Credentials.fromHeader("")).isEqualTo(Credentials.NONE);
    assertThat(Credentials.fromHeader("Bearer")).isEqualTo(Credentials.NONE);
    assertThat(Credentials.fromHeader("bearer abc")).isEqualTo(Credentials.NONE);
    assertThat(Credentials.fromHeader("BASIC " + base64("abc"))).isEqualTo(Credentials.NONE);
    assertThat(Credentials.fromHeader("Digest abc")).isEqualTo(Credentials.NONE);
    assertThat(Credentials.fromHeader("Basic !!!")).isEqualTo(Credentials.NONE);
    assertThat(Credentials.fromHeader("Bearer a/b")).isEqualTo(Credentials.NONE);
    assertThat(Credentials.fromHeader("Bearer abc:adminx")).isEqualTo(Credentials.NONE);
    assertThat(Credentials.fromHeader("Bearer " + "a".repeat(Credentials.LONGEST_HEADER)))
        .isEqualTo(Credentials.NONE);
  }

  @Property
  void neverThrows(@ForAll String scheme, @ForAll String text) {
    assertThat(Credentials.fromHeader(scheme + " " + text)).isNotNull();
    assertThat(Credentials.fromHeader("Basic " + text)).isNotNull();
    assertThat(Credentials.fromHeader("Bearer " + text)).isNotNull();
  }

  @Test
  void doesNotShowSecrets() {
    assertThat(Credentials.fromHeader("Bearer hush:client").toString()).doesNotContain("hush");
    assertThat(Credentials.fromHeader("Bearer ey.hush").toString()).doesNotContain("hush");
  }

  private static Credentials scoped(String secret) {
    return new Credentials.Scoped(new ScopedSecret(secret, null));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
