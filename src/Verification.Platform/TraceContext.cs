using System.Security.Cryptography;
using System.Text;

namespace Verification.Platform;

/// <summary>The trace that a buff is posted with (W3C Trace Context). It follows from what the buff is known by, so that a stored history
/// has it, too.</summary>
public static class TraceContext
{
    /// <summary>Name of the header.</summary>
    public const string Header = "traceparent";

    /// <summary>Digits of a trace id.</summary>
    public const int IdLength = 32;

    private const int SpanLength = 16;

    /// <summary>The trace id of a buff.</summary>
    /// <param name="marker">What it is known by.</param>
    public static string IdOf(string marker) => Digits(marker)[..IdLength];

    /// <summary>The header that its POST has.</summary>
    public static string ParentOf(string marker)
    {
        var digits = Digits(marker);
        return $"00-{digits[..IdLength]}-{digits[IdLength..(IdLength + SpanLength)]}-01";
    }

    private static string Digits(string marker) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(marker)));
}
