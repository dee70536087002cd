package dev.rendezvous.loadtests.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class GridTest {

  private final Grid grid =
      new Grid(
          "Title", List.of("", "a|b"), List.of(List.of("`x` < **y**", "1"), List.of("z", "22")));

  @Test
  void isMarkdown() {
    assertThat(grid.markdown())
        .isEqualTo("|  | a\\|b |\n|---|---|\n| `x` < **y** | 1 |\n| z | 22 |\n");
  }

  @Test
  void isTextInColumns() {
    assertThat(grid.text()).isEqualTo("Title\n       a|b\nx < y  1\nz      22\n");
  }

  @Test
  void isHtmlInWhichNothingIsMarkupByAccident() {
    assertThat(grid.html())
        .contains("<th scope=\"row\"><code>x</code> &lt; <strong>y</strong></th><td>1</td>");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    List<List<String>> rows = List.of(List.of("only one"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Grid("Title", List.of("a", "b"), rows))
        .withMessageStartingWith("Title: ");
  }
}
