package lines

import (
	"encoding/base64"
	"fmt"
	"strings"
	"time"
	_ "unsafe" // for go:linkname

	_ "github.com/Masterminds/sprig/v3"
)

// The functions of templates that Helm takes over from sprig. Helm has no way to replace one.
//
//go:linkname functions github.com/Masterminds/sprig/v3.genericMap
var functions map[string]any

// The numbers that templates have told since the last answer, by `reach 12 VALUE`.
var reached []int

type certificate struct{ Cert, Key string }

// useStandIns replaces what is made by chance, what depends on the clock, and what takes tens of
// milliseconds: two renderings of the same values are equal then. A stand-in says what it was made of.
func useStandIns() {
	functions["reach"] = func(number int, value any) any {
		reached = append(reached, number)
		return value
	}
	functions["now"] = func() time.Time { return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) }
	functions["randAlphaNum"] = func(count int) string { return strings.Repeat("x", count) }
	functions["htpasswd"] = func(user, password string) string {
		return fmt.Sprintf("%s:stand-in for a hash of %s", user, password)
	}
	functions["derivePassword"] = func(counter uint32, kind, password, user, site string) string {
		return fmt.Sprintf("stand-in derived from %d %s %s %s %s", counter, kind, password, user, site)
	}
	functions["genPrivateKey"] = func(kind string) string { return "stand-in for a key: " + kind }
	functions["genCAWithKey"] = func(name string, days int, key string) certificate {
		return certificate{fmt.Sprintf("stand-in for a CA: %s, %d days", name, days), key}
	}
	functions["buildCustomCert"] = func(cert, key string) (certificate, error) {
		certText, err := base64.StdEncoding.DecodeString(cert)
		if err != nil {
			return certificate{}, err
		}
		keyText, err := base64.StdEncoding.DecodeString(key)
		return certificate{string(certText), string(keyText)}, err
	}
	functions["genSignedCertWithKey"] = func(name string, ips, hosts []any, days int, ca certificate, key string) certificate {
		return certificate{
			fmt.Sprintf("stand-in for a certificate: %s, %v, %v, %d days, by %s", name, ips, hosts, days, ca.Cert),
			key,
		}
	}
}
