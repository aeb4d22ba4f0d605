import Foundation

/// What is done when the realm says when to come again (429 and 503 with `Retry-After`), before the app is told
/// `Answer.tryLater`. A code of the provider's, alone or beside an id_token, is never sent twice, for it may be used up,
/// unless the realm has not looked at it at all.
public struct Retry: Sendable {
    /// How often the same is asked again; 0 leaves it to the app.
    public let times: Int
    /// The wait that is worth having a person wait for, in seconds; a longer one is the app's to decide.
    public let longest: TimeInterval

    public init(times: Int = 1, longest: TimeInterval = 5) {
        precondition((0...5).contains(times), "times is 0 to 5")
        precondition((0...60).contains(longest), "longest is at most a minute")
        self.times = times
        self.longest = longest
    }
}
