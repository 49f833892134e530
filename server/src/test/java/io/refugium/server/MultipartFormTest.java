package io.refugium.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultipartFormTest {
  private static final String TYPE = "multipart/form-data; boundary=frontier";

  private static Map<String, String> read(String type, String body) {
    return MultipartForm.read(type, body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void fieldsByNameWhateverTheirFileName() {
    String body =
        "--frontier\r\nContent-Disposition: form-data; name=\"main.fsl\"; filename=\"blob\"\r\n"
            + "Content-Type: application/octet-stream\r\n\r\ncollection Ä {}\r\n"
            + "--frontier\r\nContent-Disposition: form-data; name=\"a/é.fsl\"\r\n\r\n\r\n"
            + "--frontier--\r\n";

    assertThat(read(TYPE, body))
        .containsExactly(Map.entry("main.fsl", "collection Ä {}"), Map.entry("a/é.fsl", ""));
  }

  @Test
  void withoutBoundaryInTheBodyThereAreNoFields() {
    assertThat(read(TYPE, "x")).isEmpty();
    assertThat(read(TYPE, "--frontier--\r\n")).isEmpty();
    assertThat(read("text/plain", "x")).isEmpty();
    assertThat(read(null, "x")).isEmpty();
  }

  @Test
  void refusesWhatCannotBeRead() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read("multipart/form-data", "x"))
        .withMessage("Request is not a valid multipart request");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                read(
                    TYPE,
                    "--frontier\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n"
                        + "--frontier--\r\n"))
        .withMessage("Invalid request");
  }
}
