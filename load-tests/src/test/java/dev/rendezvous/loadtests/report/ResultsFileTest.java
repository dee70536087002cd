package dev.rendezvous.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendezvous.loadtests.Repository;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsFileTest {

  @TempDir private Path folder;

  @Test
  void isAsItsSchemaSays() throws IOException {
    Path file = folder.resolve("results.json");
    ResultsFile.write(ResultsFile.read(Repository.RESULTS), file);
    OutputUnit verdict = validator().validate(new JsonObject(Files.readString(file)));
    assertThat(verdict.getValid()).as("%s", verdict.toJson().encodePrettily()).isTrue();
  }

  @Test
  void theSchemaMissesWhatIsMissing() throws IOException {
    JsonObject results = new JsonObject(Files.readString(Repository.RESULTS));
    results.getJsonObject("variants").remove(Results.DISCOVERY);
    assertThat(validator().validate(results).getValid()).isFalse();
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Results results = ResultsFile.read(Repository.RESULTS);
    Path file = folder.resolve("results.json");
    ResultsFile.write(results, file);
    assertThat(ResultsFile.read(file)).isEqualTo(results);
  }

  @Test
  void anotherFileIsRefusedInOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{\"name\":\n\"Alice\"}");
    assertThatThrownBy(() -> ResultsFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(file + " is no results file: ")
        .message()
        .doesNotContain("\n");
  }

  private static Validator validator() throws IOException {
    Path schema = Repository.ROOT.resolve("docs/results/results.schema.json");
    JsonSchemaOptions options =
        new JsonSchemaOptions()
            .setDraft(Draft.DRAFT202012)
            .setBaseUri("https://rendezvous.dev/")
            .setOutputFormat(OutputFormat.Basic);
    return Validator.create(JsonSchema.of(new JsonObject(Files.readString(schema))), options);
  }
}
