import { Button } from '@fluentui/react-components';
import { useSession } from './session.tsx';

/** Somebody without a role is told which one is needed, and can ask for it (R3). */
export const NoRole = () => {
  const { words, begin } = useSession();
  return (
    <div className="gap">
      <h1 className="title">{words.noRole.title}</h1>
      <p>{words.noRole.body}</p>
      <Button appearance="primary" onClick={() => begin({ verb: 'access.start', data: {} })}>
        {words.noRole.request}
      </Button>
    </div>
  );
};
