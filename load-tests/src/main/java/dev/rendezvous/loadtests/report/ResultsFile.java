package dev.rendezvous.loadtests.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Path;

/** {@code results.json}, as {@code docs/results/results.schema.json} describes it. */
public final class ResultsFile {

  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private ResultsFile() {}

  /** Writes all of it. */
  public static void write(Results results, Path file) throws IOException {
    MAPPER.writeValue(file.toFile(), results);
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @throws IOException with one line of why, where it is no such file
   */
  public static Results read(Path file) throws IOException {
    try {
      Results results = MAPPER.readValue(file.toFile(), Results.class);
      if (results == null) {
        throw new IOException(file + " holds nothing");
      }
      return results;
    } catch (IOException | IllegalArgumentException wrong) {
      String why = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
      throw new IOException(file + " is no results file: " + why, wrong);
    }
  }
}
