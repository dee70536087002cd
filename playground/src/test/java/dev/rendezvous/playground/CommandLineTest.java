package dev.rendezvous.playground;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rendezvous.playground.CommandLine.Measurement;
import dev.rendezvous.playground.CommandLine.Variant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {

  @Test
  void hasDefaults() {
    assertThat(CommandLine.parse("gateway"))
        .isEqualTo(new CommandLine(Variant.GATEWAY, 2, Optional.empty(), 0, false, "watch"));
  }

  @Test
  void takesEveryOption() {
    assertThat(
            CommandLine.parse(
                "discovery --users 3 --data /tmp/d --port-base 100 --offline --source bridge"
                    .split(" ")))
        .isEqualTo(
            new CommandLine(
                Variant.DISCOVERY, 3, Optional.of(Path.of("/tmp/d")), 100, true, "bridge"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', a command is missing",
    "measure, unknown command \"measure\"",
    "--offline, unknown command \"--offline\"",
    "gateway --fast, unknown option \"--fast\"",
    "gateway now, unknown option \"now\"",
    "gateway --users, --users needs a value",
    "gateway --data --offline, --data needs a value",
    "gateway --users 0, '--users is a number from 1 to 50, not \"0\"'",
    "gateway --users 51, '--users is a number from 1 to 50, not \"51\"'",
    "gateway --users two, '--users is a number from 1 to 50, not \"two\"'",
    "gateway --users -1, '--users is a number from 1 to 50, not \"-1\"'",
    "gateway --port-base 60000, '--port-base is a number from 0 to 56000, not \"60000\"'",
    "gateway --port-base 99999999999, "
        + "'--port-base is a number from 0 to 56000, not \"99999999999\"'",
    "gateway --source watch, --source belongs to \"discovery\"",
    "discovery --source poll, '--source is watch or bridge, not \"poll\"'",
  })
  void refusesWithOneLineThatSaysWhatIsAccepted(String args, String why) {
    String[] words = args.isEmpty() ? new String[0] : args.split(" ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse(words))
        .satisfies(
            refused ->
                assertThat(refused.getMessage())
                    .startsWith("./run: " + why + "; accepted: ./run gateway|discovery [")
                    .doesNotContain("\n"));
  }

  @Test
  void takesMeasurements(@TempDir Path folder) throws IOException {
    Path results = Files.createFile(folder.resolve("results.json"));
    assertThat(Measurement.parse("bench"))
        .isEqualTo(new Measurement("bench", false, Optional.empty(), false));
    assertThat(
            Measurement.parse("compare", "--quick", "--offline", "--against", results.toString()))
        .isEqualTo(new Measurement("compare", true, Optional.of(results), true));
  }

  @ParameterizedTest
  @CsvSource({
    "'', a command is missing",
    "gateway, unknown command \"gateway\"",
    "compare --fast, unknown option \"--fast\"",
    "compare --users 3, unknown option \"--users\"",
    "compare --against, --against needs a value",
    "compare --against --quick, --against needs a value",
    "compare --against nowhere.json, "
        + "'--against is a file that can be read, not \"nowhere.json\"'",
    "compare --against src, '--against is a file that can be read, not \"src\"'",
    "bench --against pom.xml, --against belongs to \"compare\"",
  })
  void refusesMeasurementsThatItDoesNotKnow(String args, String why) {
    String[] words = args.isEmpty() ? new String[0] : args.split(" ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Measurement.parse(words))
        .satisfies(
            refused ->
                assertThat(refused.getMessage())
                    .startsWith("./run: " + why + "; accepted: ./run ")
                    .contains(", ./run compare [", ", ./run bench [")
                    .doesNotContain("\n"));
  }

  @Test
  void everyPortStaysInRangeByTheLargestBase() {
    assertThat(new Ports(CommandLine.MAX_PORT_BASE).all(CommandLine.MAX_USERS).values())
        .allSatisfy(port -> assertThat(port).isBetween(1, 65_535));
  }
}
