package de.citycloud.platform.ui;

import de.citycloud.platform.municipality.CurrentMunicipality;
import de.citycloud.platform.municipality.Municipalities;
import de.citycloud.platform.municipality.Municipality;
import de.citycloud.platform.ui.NavigationItem.Place;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What the layout asks while it is drawn: whose page, which links, which language. In templates {@code @frame}. */
@Component("frame")
class Frame {
  /** A language a reader may change to. */
  record Language(String tag, String name, String url, boolean current) {}

  private final Municipalities municipalities;
  private final ObjectProvider<Navigation> navigations;

  Frame(Municipalities municipalities, ObjectProvider<Navigation> navigations) {
    this.municipalities = municipalities;
    this.navigations = navigations;
  }

  /** The municipality whose page this is; null on pages of none. */
  public @Nullable Municipality getMunicipality() {
    // An error page is drawn after the request has left the municipality it was made in.
    return CurrentMunicipality.find().or(() -> municipalities.findBySlug(path().split("/", 3)[1])).orElse(null);
  }

  /** Links of a place, in order; empty on pages of no municipality. */
  public List<NavigationItem> items(String place) {
    var municipality = getMunicipality();
    if (municipality == null) {
      return List.of();
    }
    return navigations.stream().flatMap(navigation -> navigation.itemsFor(municipality).stream())
        .filter(item -> item.place() == Place.valueOf(place)).sorted(Comparator.comparingInt(NavigationItem::order))
        .toList();
  }

  /** The only link of a place; null if there is none. */
  public @Nullable NavigationItem item(String place) {
    return items(place).stream().findFirst().orElse(null);
  }

  /** Lines of the town hall's address; empty if unknown. */
  public List<String> address() {
    var municipality = getMunicipality();
    return municipality == null
        ? List.of()
        : navigations.stream().flatMap(navigation -> navigation.addressOf(municipality).stream()).toList();
  }

  /** Is the reader in this area? A page elsewhere says so by a model attribute {@code section}, the message key. */
  public boolean isCurrent(NavigationItem item, @Nullable Object section) {
    var path = path();
    return section == null
        ? path.equals(item.path()) || path.startsWith(item.path() + "/")
        : item.messageKey().equals(section);
  }

  /** Is this the start page of a municipality? It has its own search field. */
  public boolean isStart() {
    return path().indexOf('/', 1) < 0 || path().indexOf('/', 1) == path().length() - 1;
  }

  /** Is this a form that comes back with mistakes? Its title says so first. */
  public boolean isMistake() {
    var response = attributes().getResponse();
    return response != null && response.getStatus() == HttpStatus.UNPROCESSABLE_CONTENT.value();
  }

  /** The languages, each named in itself, with the address of this page in it. */
  public List<Language> languages(Locale current) {
    var request = request();
    var query = PageLanguage.withoutLanguage(request.getQueryString());
    return PageLanguage.OFFERED.stream().map(locale -> {
      var choice = PageLanguage.PARAMETER + "=" + locale.getLanguage();
      return new Language(locale.getLanguage(), locale.getDisplayLanguage(locale),
          path() + "?" + (query.isEmpty() ? choice : query + "&" + choice),
          locale.getLanguage().equals(current.getLanguage()));
    }).toList();
  }

  /** The path that was asked for, with exactly one slash at its start: two would name another host in a link. */
  private static String path() {
    var failed = request().getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    var path = failed instanceof String uri ? uri : request().getRequestURI();
    return "/" + path.replaceFirst("^[/\\\\]+", "");
  }

  private static HttpServletRequest request() {
    return attributes().getRequest();
  }

  private static ServletRequestAttributes attributes() {
    return (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
  }
}
