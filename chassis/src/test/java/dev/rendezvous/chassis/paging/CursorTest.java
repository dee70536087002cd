package dev.rendezvous.chassis.paging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
  @Test
  void standsForItsId() {
    for (var id : List.of(1L, 42L, Long.MAX_VALUE)) {
      assertThat(Cursor.id("/users", Cursor.after("/users", id))).hasValue(id);
    }
  }

  @Test
  void isGoodForItsListAlone() {
    assertThat(Cursor.id("/orders?user_id=1", Cursor.after("/orders", 42))).isEmpty();
  }

  @Test
  void cannotBeMadeUpOrBent() {
    var cursor = Cursor.after("/users", 42);
    for (var forged :
        List.of("", "42", "AAAA", "!", cursor + "=", cursor + "A", cursor.substring(1))) {
      assertThat(Cursor.id("/users", forged)).as(forged).isEmpty();
    }
    for (var i = 0; i < cursor.length(); i++) {
      var other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      var bent = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(Cursor.id("/users", bent)).as(bent).isEmpty();
    }
  }
}
