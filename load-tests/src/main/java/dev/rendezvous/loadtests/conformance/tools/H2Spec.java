package dev.rendezvous.loadtests.conformance.tools;

import dev.rendezvous.loadtests.conformance.Verdict;
import dev.rendezvous.loadtests.proxy.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** h2spec 2.2.0: 145 tests of RFC 7540 and 7541, whose frames RFC 9113 kept. */
public final class H2Spec {
  private static final Duration PATIENCE = Duration.ofSeconds(150);

  private H2Spec() {}

  /**
   * One of its tests.
   *
   * @param section and number in it, as h2spec's own arguments name it
   */
  public record Test(String section, String title) {}

  /**
   * Unpacks the program for this machine.
   *
   * @param archives the folder that Maven has unpacked
   * @param folder where the program is put
   * @return empty where there is none for this machine, or Maven was not asked
   */
  public static Optional<Path> unpack(Path archives, Path folder) throws IOException {
    var archive = archives.resolve("2.2.0").resolve("h2spec_linux_amd64.tar.gz");
    var fits =
        System.getProperty("os.name", "").equals("Linux")
            && System.getProperty("os.arch", "").equals("amd64");
    if (!fits || !Files.isReadable(archive)) {
      return Optional.empty();
    }
    var unpacked =
        ToolRun.succeeds(
            List.of("tar", "-xzf", archive.toString(), "-C", folder.toString()),
            folder.resolve("tar.log"),
            PATIENCE);
    return unpacked ? Optional.of(folder.resolve("h2spec")) : Optional.empty();
  }

  /** Runs all tests and says what came of each. */
  public static Map<Test, Verdict> run(Path program, Address proxy, boolean tls, Path folder)
      throws IOException {
    var report = folder.resolve(tls ? "h2spec-tls.xml" : "h2spec.xml");
    Files.deleteIfExists(report);
    var command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "-h",
                proxy.host(),
                "-p",
                String.valueOf(proxy.port()),
                "-o",
                "2",
                "-j",
                report.toString()));
    if (tls) {
      command.addAll(List.of("-t", "-k"));
    }
    // Its exit code is 1 where a test failed, which the report says better.
    var output = folder.resolve(tls ? "h2spec-tls.log" : "h2spec.log");
    ToolRun.succeeds(command, output, PATIENCE);
    if (!Files.exists(report)) {
      var said = Files.readString(output).strip().replaceAll("\\s+", " ");
      var end = said.substring(Math.max(0, said.length() - 200));
      return Map.of(new Test("all", "it runs to its end"), Verdict.failed(end));
    }
    return read(report);
  }

  private static Map<Test, Verdict> read(Path report) throws IOException {
    var verdicts = new LinkedHashMap<Test, Verdict>();
    try {
      var builder = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
      var suites =
          builder.parse(report.toFile()).getDocumentElement().getElementsByTagName("testsuite");
      for (var suite : elements(suites)) {
        var number = 0;
        for (var test : elements(suite.getElementsByTagName("testcase"))) {
          var section = test.getAttribute("package") + "/" + ++number;
          verdicts.put(new Test(section, test.getAttribute("classname")), verdict(test));
        }
      }
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("h2spec's report cannot be read", e);
    }
    return verdicts;
  }

  private static Verdict verdict(Element test) {
    if (test.getElementsByTagName("skipped").getLength() > 0) {
      return Verdict.notRun("skipped by h2spec");
    }
    var failed =
        test.getElementsByTagName("failure").getLength()
                + test.getElementsByTagName("error").getLength()
            > 0;
    return failed
        ? Verdict.failed(test.getTextContent().strip().replaceAll("\\s+", " "))
        : Verdict.PASSED;
  }

  private static List<Element> elements(NodeList nodes) {
    var elements = new ArrayList<Element>();
    for (var i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i) instanceof Element element) {
        elements.add(element);
      }
    }
    return elements;
  }
}
