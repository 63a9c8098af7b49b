import { Button, Rating, Skeleton, Text, Textarea, Title } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import type { Product } from '../../api/types';
import { useAppDispatch, useUser } from '../../app/hooks';
import { toastShown } from '../../app/toasts';
import Failed from '../../components/Failed';
import { useFormats } from '../../components/useFormats';
import { useProblems } from '../../components/useProblems';
import { usePageTexts } from '../../texts/texts';
import classes from './ProductPage.module.css';
import { useAddReviewMutation, useReviewsQuery } from './productsApi';

const shown_first = 5;

export function Reviews({ product }: { product: Product }) {
  const texts = usePageTexts('product');
  const { time } = useFormats();
  const user = useUser();
  const [limit, setLimit] = useState(shown_first);
  const { data, error, refetch } = useReviewsQuery({ id: product.id, limit });
  return (
    <section className={classes.reviews}>
      <Title order={2} size="h3">
        {texts.reviews}
      </Title>
      {error && <Failed failure={error} retry={refetch} />}
      {!data && !error && <Skeleton h={80} mt="md" />}
      {data?.length === 0 && <Text c="dimmed">{texts.noReviews}</Text>}
      {data?.map((review) => (
        <div key={review.id} className={classes.review}>
          <span role="img" aria-label={texts.stars(review.rating)}>
            {'★'.repeat(review.rating)}
            {'☆'.repeat(5 - review.rating)}
          </span>
          <span className={classes.when}>{time(review.created_at)}</span>
          {review.comment && <p>{review.comment}</p>}
        </div>
      ))}
      {data && product.review_count > data.length && (
        <Button variant="subtle" mt="sm" onClick={() => setLimit(limit * 4)}>
          {texts.more}
        </Button>
      )}
      {user ? <ReviewForm id={product.id} /> : <Text mt="md">{texts.loginToReview}</Text>}
    </section>
  );
}

function ReviewForm({ id }: { id: number }) {
  const texts = usePageTexts('product');
  const [rating, setRating] = useState(0);
  const [comment, setComment] = useState('');
  const [addReview, { isLoading }] = useAddReviewMutation();
  const complain = useProblems();
  const dispatch = useAppDispatch();

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      await addReview({ id, rating, comment }).unwrap();
      setRating(0);
      setComment('');
      dispatch(toastShown('done', texts.thanks));
    } catch (failure) {
      complain(failure);
    }
  };

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)}>
      <Title order={3} size="h5">
        {texts.writeReview}
      </Title>
      <Rating
        value={rating}
        onChange={setRating}
        aria-label={texts.rating}
        getSymbolLabel={texts.stars}
        size="lg"
      />
      <Textarea
        label={texts.comment}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
        maxLength={2000}
        autosize
        minRows={2}
        w="100%"
      />
      <Button type="submit" variant="default" disabled={rating === 0} loading={isLoading}>
        {texts.send}
      </Button>
    </form>
  );
}
