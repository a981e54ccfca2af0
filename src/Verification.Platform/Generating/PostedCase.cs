using System.Globalization;

namespace Verification.Platform.Generating;

/// <summary>A generated buff that was posted, and what a listing must then say of it.</summary>
/// <param name="Buff">The buff.</param>
/// <param name="Answer">What its POST was answered.</param>
/// <param name="Begun">When it was sent, by the clock of the suite.</param>
public sealed record PostedCase(GeneratedBuff Buff, PostAnswer Answer, DateTimeOffset Begun)
{
    /// <summary>How far the clock of a stack may be from that of the suite.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(2);

    // A marker that is shorter stands alone in its question.
    private const int ShortestInText = 8;

    /// <summary>Posts a buff.</summary>
    /// <param name="platform">To whom.</param>
    /// <param name="buff">The buff, with its marker.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<PostedCase> PostAsync(PlatformUnderTest platform, GeneratedBuff buff, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(platform);
        ArgumentNullException.ThrowIfNull(buff);
        var begun = DateTimeOffset.UtcNow;
        return new PostedCase(
            buff,
            await platform.PostAsync(buff.Question, buff.Request(), cancellationToken).ConfigureAwait(false),
            begun
        );
    }

    /// <summary>Whether a question is that of the buff, whatever has become of the rest of it.</summary>
    public bool IsIn(string question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return Buff.Marker.Length < ShortestInText
            ? question == Buff.Question
            : question.Contains(Buff.Marker, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What is not as it must be, in a few words each.</summary>
    /// <param name="listed">All that is listed.</param>
    /// <param name="listedAt">When, by the clock of the suite.</param>
    public IReadOnlyList<string> Deviations(IReadOnlyList<ListedBuff> listed, DateTimeOffset listedAt)
    {
        if (Answer.Status != 200)
            return [$"refused: {Answer}"];
        var found = listed.Where(buff => buff.Question is not null && IsIn(buff.Question)).ToList();
        return found is [var only]
            ? [.. TakenIds(only), .. Changes.Of(Buff.Question, Buff.Answers, only), .. WrongTimes(only, listedAt)]
            : [found.Count == 0 ? "not listed" : $"listed {found.Count} times"];
    }

    private IEnumerable<string> TakenIds(ListedBuff found) =>
        Buff
            .Spelling.Further.Where(member =>
                member.Key.Equals("id", StringComparison.OrdinalIgnoreCase)
                && member.Value == found.Id.ToString(CultureInfo.InvariantCulture)
            )
            .Select(member => $"ID {found.Id}, as the body had it: it is the table that gives one");

    private IEnumerable<string> WrongTimes(ListedBuff found, DateTimeOffset listedAt)
    {
        foreach (var (name, text) in new[] { ("CreatedAt", found.CreatedAt), ("UpdatedAt", found.UpdatedAt) })
        {
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                yield return $"{name} '{text}' is no time";
            else if (at < Begun - ClockTolerance || at > listedAt + ClockTolerance)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} {text}, although it was posted after {Begun.UtcDateTime:HH:mm:ss.fff} and listed before {listedAt.UtcDateTime:HH:mm:ss.fff}"
                );
        }
    }
}
