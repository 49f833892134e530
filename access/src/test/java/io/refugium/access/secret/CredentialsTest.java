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
    assertThat(read("Bearer abc")).isEqualTo(scoped("abc"));
    assertThat(read("Bearer \t abc ")).isEqualTo(scoped("abc"));
    assertThat(read("Bearer abc:client"))
        .isEqualTo(new Credentials.Scoped(ScopedSecret.parse("abc:client"), "here"));
  }

  @Test
  void bearerWithJwt() {
    assertThat(read("Bearer eyJ.x.y")).isEqualTo(new Credentials.Jwt("eyJ.x.y", "here"));
    assertThat(read("Bearer ey.a")).isEqualTo(new Credentials.Jwt("ey.a", "here"));
    assertThat(read("Bearer eyJx")).isEqualTo(scoped("eyJx"));
  }

  @Test
  void basicTakesTheUserName() {
    assertThat(read("Basic " + base64("abc:"))).isEqualTo(scoped("abc"));
    assertThat(read("Basic " + base64("abc"))).isEqualTo(scoped("abc"));
    assertThat(read("Basic " + base64("abc") + ":")).isEqualTo(scoped("abc"));
    assertThat(read("Basic " + base64(" abc: "))).isEqualTo(scoped("abc"));
  }

  @Test
  void basicReadsTheRestAsScope() {
    assertThat(read("Basic " + base64("abc:client:")))
        .isEqualTo(new Credentials.Scoped(ScopedSecret.parse("abc:client"), "here"));
    assertThat(read("Basic " + base64("x:abc"))).isEqualTo(scoped("x"));
  }

  @Test
  void basicNeverCarriesAJwt() {
    assertThat(read("Basic " + base64("eyJ.x.y:")))
        .isEqualTo(new Credentials.Scoped(new ScopedSecret("eyJ.x.y", null), "here"));
  }

  @Test
  void everythingElseIsNone() {
    assertThat(read(null)).isEqualTo(Credentials.NONE);
    assertThat(read("")).isEqualTo(Credentials.NONE);
    assertThat(read("Bearer")).isEqualTo(Credentials.NONE);
    assertThat(read("bearer abc")).isEqualTo(Credentials.NONE);
    assertThat(read("BASIC " + base64("abc"))).isEqualTo(Credentials.NONE);
    assertThat(read("Digest abc")).isEqualTo(Credentials.NONE);
    assertThat(read("Basic !!!")).isEqualTo(Credentials.NONE);
    assertThat(read("Bearer a/b")).isEqualTo(Credentials.NONE);
    assertThat(read("Bearer abc:adminx")).isEqualTo(Credentials.NONE);
    assertThat(read("Bearer " + "a".repeat(Credentials.LONGEST_HEADER)))
        .isEqualTo(Credentials.NONE);
  }

  @Property
  void neverThrows(@ForAll String scheme, @ForAll String text) {
    assertThat(read(scheme + " " + text)).isNotNull();
    assertThat(read("Basic " + text)).isNotNull();
    assertThat(read("Bearer " + text)).isNotNull();
  }

  @Test
  void doesNotShowSecrets() {
    assertThat(read("Bearer hush:client").toString()).doesNotContain("hush");
    assertThat(read("Bearer ey.hush").toString()).doesNotContain("hush");
  }

  private static Credentials scoped(String secret) {
    return new Credentials.Scoped(new ScopedSecret(secret, null), "here");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Credentials read(String header) {
    return Credentials.fromHeader(header, "here");
  }
}
