package de.citycloud.platform.procedure.desk;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.procedure.casefile.ArchiveDesk;
import de.citycloud.platform.procedure.casefile.ArchiveDesk.Result;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;

/** What the archive is offered before it is deleted: what is due, packages to hand over, what the archive said. */
@Controller
@RequestMapping("/{municipality}/desk/archive")
class ArchivePages {
  private static final Set<String> DONE = Set.of("offered", "answered");

  private final ArchiveDesk archive;

  ArchivePages(ArchiveDesk archive) {
    this.archive = archive;
  }

  @GetMapping
  ModelAndView show(@Nullable String done) {
    var model = new HashMap<String, Object>();
    model.put("m", CurrentMunicipality.get().slug());
    model.put("due", archive.due());
    model.put("offers", archive.offers());
    model.put("wait", archive.waitDays());
    model.put("most", ArchiveDesk.MOST);
    model.put("done", done != null && DONE.contains(done) ? done : "");
    model.put("section", "desk.title");
    return new ModelAndView("procedure-desk/archive", model);
  }

  @PostMapping
  String offer(@Nullable String office, @Nullable String procedure) {
    archive.offer(Typed.text(office), Typed.text(procedure));
    return back("offered");
  }

  @GetMapping("/{offer}/package.zip")
  void download(@PathVariable("offer") String offer, HttpServletResponse response) throws IOException {
    long number = Typed.number(offer, -1);
    // Headers only with the first byte: a refusal before it is a page of its own.
    archive.write(number, new FirstByte(response, number));
  }

  @PostMapping("/{offer}")
  String answer(@PathVariable("offer") String offer, @Nullable String result) {
    var known = Arrays.stream(Result.values()).filter(one -> one.name().equals(result)).findFirst();
    known.ifPresent(one -> archive.answer(Typed.number(offer, -1), one));
    return back(known.isPresent() ? "answered" : "");
  }

  private static String back(String done) {
    return "redirect:/%s/desk/archive?done=%s".formatted(CurrentMunicipality.get().slug(), done);
  }

  /** The answer of the server, which becomes a download when something is written to it. */
  private static final class FirstByte extends java.io.OutputStream {
    private final HttpServletResponse response;
    private final long offer;
    private boolean begun;

    FirstByte(HttpServletResponse response, long offer) {
      this.response = response;
      this.offer = offer;
    }

    private java.io.OutputStream out() throws IOException {
      if (!begun) {
        begun = true;
        response.setContentType("application/zip");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION,
            "attachment; filename=\"archive-offer-%d.zip\"".formatted(offer));
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      }
      return response.getOutputStream();
    }

    @Override
    public void write(int one) throws IOException {
      out().write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out().write(bytes, offset, length);
    }
  }
}
