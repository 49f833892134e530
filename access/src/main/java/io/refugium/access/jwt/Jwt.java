package io.refugium.access.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import io.refugium.model.ArrayValue;
import io.refugium.model.GlobalId;
import io.refugium.model.LongValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A JSON Web Token in a form that is acceptable: three parts, signed with RSA, times of the right
 * type, one audience of ours. That does not make it trustworthy: see {@link #isSignedWith}.
 */
public final class Jwt {
  /** What audiences of databases begin with; the global id follows. */
  public static final String AUDIENCE_PREFIX = "https://db.fauna.com/db/";

  /** Three parts of Base64url without padding; a parser would skip characters that are neither. */
  private static final Pattern FORM = Pattern.compile("[\\w-]++\\.[\\w-]++\\.[\\w-]++");

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.RS384, JWSAlgorithm.RS512);

  private final JWSObject token;
  private final ObjectValue payload;
  private final long scope;

  private Jwt(JWSObject token, ObjectValue payload, long scope) {
    this.token = token;
    this.payload = payload;
    this.scope = scope;
  }

  /** The token that this text spells, or null when it is not acceptable. Never throws. */
  public static Jwt parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return null;
    }
    JWSObject token;
    try {
      token = JWSObject.parse(text);
    } catch (ParseException | IllegalArgumentException notAToken) {
      return null;
    }
    Map<String, Object> json = token.getPayload().toJSONObject();
    if (json == null || !ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
      return null;
    }
    ObjectValue payload = JsonValues.object(json);
    OptionalLong scope = scope(payload.get("aud"));
    boolean timed = isTimeOrAbsent(payload.get("exp")) && isTimeOrAbsent(payload.get("nbf"));
    boolean issued = payload.get("iss") instanceof StringValue;
    return timed && issued && scope.isPresent() ? new Jwt(token, payload, scope.getAsLong()) : null;
  }

  private static boolean isTimeOrAbsent(Value value) {
    return value == null || value instanceof LongValue;
  }

  /** The database that exactly one of the audiences names. Others are none of our business. */
  private static OptionalLong scope(Value audiences) {
    List<Value> all =
        audiences instanceof ArrayValue(List<Value> several)
            ? several
            : audiences == null ? List.of() : List.of(audiences);
    List<String> ours =
        all.stream()
            .filter(StringValue.class::isInstance)
            .map(audience -> ((StringValue) audience).value())
            .filter(audience -> audience.startsWith(AUDIENCE_PREFIX))
            .toList();
    return ours.size() == 1
        ? GlobalId.parse(ours.getFirst().substring(AUDIENCE_PREFIX.length()))
        : OptionalLong.empty();
  }

  /** The audience that stands for a database. */
  public static String audience(long scope) {
    return AUDIENCE_PREFIX + GlobalId.format(scope);
  }

  /** The database that it is for, by its global id. */
  public long scope() {
    return scope;
  }

  public String issuer() {
    return ((StringValue) payload.get("iss")).value();
  }

  /** All claims. */
  public ObjectValue payload() {
    return payload;
  }

  /** The name of the key that it says it is signed with, or null. */
  String keyId() {
    return token.getHeader().getKeyID();
  }

  /** Whether it is valid at this moment: before its expiry, after its start, without leeway. */
  public boolean isTimely(Instant now) {
    boolean expired = payload.get("exp") instanceof LongValue(long exp) && !isBefore(now, exp);
    boolean early =
        payload.get("nbf") instanceof LongValue(long nbf)
            && (isBefore(now, nbf) || now.getEpochSecond() == nbf && now.getNano() == 0);
    return !expired && !early;
  }

  private static boolean isBefore(Instant now, long seconds) {
    return now.getEpochSecond() < seconds;
  }

  /** Whether the signature is that of the owner of this key. */
  boolean isSignedWith(RSAPublicKey key) {
    try {
      return token.verify(new RSASSAVerifier(key));
    } catch (JOSEException unusable) {
      return false;
    }
  }

  @Override
  public String toString() {
    return "Jwt";
  }
}
