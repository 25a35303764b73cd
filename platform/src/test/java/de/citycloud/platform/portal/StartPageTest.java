package de.citycloud.platform.portal;

import static org.assertj.core.api.Assertions.assertThat;

import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.ui.BrowserTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class StartPageTest extends BrowserTest {
  @Autowired
  private Municipalities municipalities;

  @BeforeEach
  void town() {
    municipalities.ensure("start-town", "Startstadt", 9.19, 48.89, true);
  }

  @Test
  void theStartPageIsOneQuestionInTheReadersLanguage() {
    visit(Look.DESKTOP, "/start-town", page -> {
      assertThat(page.locator("h1").allTextContents()).containsExactly("Was möchten Sie erledigen?");
      assertThat(page.locator("html").getAttribute("lang")).isEqualTo("de");
      assertAccessible(page);
      assertNoSidewaysScrolling(page);
      picture(page, "start-desktop-de");
    });
    visit(Look.PHONE.english(), "/start-town", page -> {
      assertThat(page.locator("h1").allTextContents()).containsExactly("What would you like to do?");
      assertAccessible(page);
      assertNoSidewaysScrolling(page);
      picture(page, "start-phone-en");
    });
  }
}
