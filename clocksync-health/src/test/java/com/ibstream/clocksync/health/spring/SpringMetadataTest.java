package com.ibstream.clocksync.health.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an editor offers for {@code application.properties}. */
class SpringMetadataTest {

  private static final Pattern HEADING = Pattern.compile("^### `([a-z.]+)`$", Pattern.MULTILINE);

  @Test
  void shouldOfferEveryKeyThatIsDocumented() throws IOException {
    List<String> documented = new ArrayList<>();
    Matcher heading =
        HEADING.matcher(Files.readString(Path.of("../docs/configuration.md").toRealPath()));
    while (heading.find()) {
      documented.add("clocksync." + heading.group(1));
    }
    List<String> offered = new ArrayList<>();
    try (InputStream in =
        SpringMetadataTest.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      for (JsonNode property : new ObjectMapper().readTree(in).get("properties")) {
        offered.add(property.get("name").asText());
        assertThat(property.get("description").asText()).isNotBlank();
      }
    }

    assertThat(documented).hasSizeGreaterThan(30);
    assertThat(offered).containsExactlyInAnyOrderElementsOf(documented);
  }
}
